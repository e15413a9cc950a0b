namespace DirectUpload.Profiles;

/// <summary>Decides whether a request may go ahead with its declared content type, before there are bytes.</summary>
internal static class DeclaredTypeRules
{
    /// <summary>Returns whether content that is declared as a canonical type can have a type that a pattern matches.</summary>
    /// <param name="patterns">The patterns of a profile or an authorizer.</param>
    /// <param name="declared">The declared type, normalized.</param>
    /// <param name="fileName">The declared file name.</param>
    /// <returns>True when the inspection of the bytes may find an accepted type.</returns>
    public static bool CanMatch(IEnumerable<string> patterns, string declared, string fileName) =>
        MediaType.MatchesAny(patterns, declared)
        || (MediaTypes.IsGeneric(declared)
            ? CanMatchUnknown(patterns, fileName)
            : CanMatchOtherName(patterns, declared, fileName));

    private static bool CanMatchOtherName(IEnumerable<string> patterns, string declared, string fileName) =>
        SharedTypeNames.Find(MediaTypes.Canonicalize(declared), fileName).Any(other => MediaType.MatchesAny(patterns, other));

    // Bytes decide the recognized types. They also show that content is text, which a file name may specify.
    private static bool CanMatchUnknown(IEnumerable<string> patterns, string fileName) =>
        MediaTypeTable.Recognized.Any(row => MediaType.MatchesAny(patterns, row.Name))
        || MediaType.MatchesAny(patterns, "text/plain")
        || (MediaTypes.FindByFileName(fileName) is { } byName && MediaTypes.IsText(byName) && MediaType.MatchesAny(patterns, byName));
}
