using System.Collections.Frozen;

namespace DirectUpload.Profiles;

/// <summary>Finds media types by their names and by file extensions (<see cref="MediaTypeTable"/>).</summary>
internal static class MediaTypes
{
    private static readonly MediaTypeRow[] All =
        [.. MediaTypeTable.Recognized, .. MediaTypeTable.Text, .. MediaTypeTable.Unrecognized];

    private static readonly FrozenDictionary<string, MediaTypeRow> ByName = All
        .SelectMany(row => row.Aliases.Append(row.Name), (row, name) => (row, name))
        .ToFrozenDictionary(pair => pair.name, pair => pair.row, StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, MediaTypeRow> ByExtension = All
        .SelectMany(row => row.Extensions, (row, extension) => (row, extension))
        .ToFrozenDictionary(pair => pair.extension, pair => pair.row, StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> RecognizedNames = GetNames(MediaTypeTable.Recognized);

    private static readonly FrozenSet<string> TextNames = GetNames(MediaTypeTable.Text);

    // The registered top-level types (IANA, 2026), and those that operating systems use without registration.
    private static readonly FrozenSet<string> Kinds = new[]
    {
        "*", "application", "audio", "chemical", "example", "font", "haptics", "image", "inode", "message", "model", "multipart", "text",
        "video",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<string> KnownNames => ByName.Keys;

    /// <summary>Returns whether the part of a pattern before the slash is a kind that media types have.</summary>
    public static bool HasKnownKind(string pattern) =>
        pattern.Split('/')[0] is var kind
        && (Kinds.Contains(kind) || kind.StartsWith("x-", StringComparison.OrdinalIgnoreCase) || IsKnown(pattern));

    private static readonly FrozenDictionary<string, MediaTypeRow>.AlternateLookup<ReadOnlySpan<char>> ByNameSpan =
        ByName.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <inheritdoc cref="Canonicalize(string)"/>
    public static ReadOnlySpan<char> Canonicalize(ReadOnlySpan<char> mediaType) =>
        ByNameSpan.TryGetValue(mediaType, out var row) ? row.Name : mediaType;

    /// <summary>Returns the canonical name of a type; a type that the table lacks is its own.</summary>
    public static string Canonicalize(string mediaType) => ByName.TryGetValue(mediaType, out var row) ? row.Name : mediaType;

    /// <summary>Returns whether a type declares nothing.</summary>
    public static bool IsGeneric(string mediaType) => Canonicalize(mediaType) == MediaTypeTable.Generic;

    public static bool IsKnown(string mediaType) => ByName.ContainsKey(mediaType);

    /// <summary>Returns whether the inspector recognizes content of a canonical type by its bytes.</summary>
    public static bool IsRecognized(string canonical) => RecognizedNames.Contains(canonical);

    /// <summary>Returns whether a canonical type is a listed type of text.</summary>
    public static bool IsText(string canonical) => TextNames.Contains(canonical);

    /// <summary>Returns whether a wildcard such as <c>image/*</c> takes a type.</summary>
    /// <remarks>
    /// A type of text may go by the names of two kinds, such as text/xml and application/xml, and RTF is registered as text too. All other
    /// types are of the kind of their canonical name: image/pdf is no image.
    /// </remarks>
    public static bool IsOfKind(string mediaType, ReadOnlySpan<char> kindAndSlash)
    {
        if (!ByName.TryGetValue(mediaType, out var row))
            return StartsWith(mediaType, kindAndSlash);
        return StartsWith(row.Name, kindAndSlash)
            || ((IsText(row.Name) || kindAndSlash.Equals("text/", StringComparison.OrdinalIgnoreCase))
                && AnyStartsWith(row.Aliases, kindAndSlash));
    }

    /// <summary>Returns the canonical type for which the extension of a file name is usual; null when the extension is unknown.</summary>
    public static string? FindByFileName(string fileName) =>
        ByExtension.TryGetValue(Path.GetExtension(fileName), out var row) ? row.Name : null;

    /// <summary>Returns the usual extensions of a type, with their dot; empty when the table lacks the type.</summary>
    public static IReadOnlyList<string> GetExtensions(string mediaType) =>
        ByName.TryGetValue(mediaType, out var row) ? row.Extensions : [];

    private static bool AnyStartsWith(IEnumerable<string> names, ReadOnlySpan<char> kindAndSlash)
    {
        foreach (var name in names)
        {
            if (StartsWith(name, kindAndSlash))
                return true;
        }

        return false;
    }

    private static bool StartsWith(string name, ReadOnlySpan<char> kindAndSlash) =>
        name.AsSpan().StartsWith(kindAndSlash, StringComparison.OrdinalIgnoreCase);

    private static FrozenSet<string> GetNames(IReadOnlyList<MediaTypeRow> rows) =>
        rows.Select(row => row.Name).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
