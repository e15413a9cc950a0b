namespace DirectUpload.StoreConformance.Samples;

/// <summary>Creates associations that columns, collations, joined keys and length limits often confuse.</summary>
internal static class SampleAssociations
{
    private const int MaxTypeLength = 100;
    private const int MaxIdLength = 200;
    private const int MaxKindLength = 100;

    /// <summary>Names of which no two are equal, but which a comparison other than that of characters confuses.</summary>
    private static readonly string[] SimilarNames =
        ["user", "User", "USER", "user ", " user", "use", "users", "us%r", "us_r", "user\t", "usér", "use\u0301r", "null"];

    /// <summary>Separators that a store may use to join a type, an id and a kind.</summary>
    private static readonly string[] Separators = ["#", "/", ":", "|", "=", "\u001F", "%2F", "%23", "\\", "-", " "];

    /// <summary>Creates associations that are all different.</summary>
    public static IReadOnlyList<UploadAssociation> CreateSimilar() =>
    [
        .. SimilarNames.SelectMany(name => new UploadAssociation[]
        {
            new(name, "42"), new("user", name), new(name, name), new("user", "42", name),
        }),
        .. SampleTexts.Unusual.Where(text => text.Length > 0).SelectMany(text => new UploadAssociation[]
        {
            new(text, "42"), new("user", text), new("user", "42", text),
        }),
        .. Separators.SelectMany(CreateJoined),
        .. CreateLongest("𝄞"),
        .. CreateLongest("é"),
        .. CreateLongest("/"),
    ];

    // Each joined by the separator is the same text.
    private static IEnumerable<UploadAssociation> CreateJoined(string separator) =>
    [
        new($"a{separator}b", "c"), new("a", $"b{separator}c"), new("a", "b", "c"), new("a", $"b{separator}c{separator}"),
        new($"a{separator}", "b", "c"), new("a", $"{separator}b", "c"), new("a", "b", $"{separator}c"),
    ];

    // Each differs from the others in its last character only.
    private static IEnumerable<UploadAssociation> CreateLongest(string text)
    {
        var (type, id, kind) = (Fill(text, MaxTypeLength), Fill(text, MaxIdLength), Fill(text, MaxKindLength));
        return
        [
            new(type, id, kind), new(ReplaceEnd(type), id, kind), new(type, ReplaceEnd(id), kind), new(type, id, ReplaceEnd(kind)),
            new(type, id),
        ];
    }

    private static string Fill(string text, int length) => string.Concat(Enumerable.Repeat(text, length / text.Length));

    private static string ReplaceEnd(string text) => $"{text[..^2]}zz";
}
