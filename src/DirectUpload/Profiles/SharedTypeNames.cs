using System.Collections.Frozen;

namespace DirectUpload.Profiles;

/// <summary>Lists the media types under which clients also send files of other types.</summary>
/// <remarks>
/// Windows with Excel names CSV files <c>application/vnd.ms-excel</c>, and Windows with Word names RTF files <c>application/msword</c>.
/// Systems without Office send its documents as <c>application/zip</c>, or by the names of the older formats. Most systems know
/// <c>.ts</c> only as MPEG transport streams.
/// </remarks>
internal static class SharedTypeNames
{
    private const string OpenXml = "application/vnd.openxmlformats-officedocument.";
    private const string OpenDocument = "application/vnd.oasis.opendocument.";

    // The bytes distinguish these types.
    private static readonly FrozenDictionary<string, string[]> ByContent = new Dictionary<string, string[]>
    {
        ["application/msword"] = ["application/rtf", OpenXml + "wordprocessingml.document"],
        ["application/vnd.ms-excel"] = [OpenXml + "spreadsheetml.sheet", "text/csv"],
        ["application/vnd.ms-powerpoint"] = [OpenXml + "presentationml.presentation"],
        ["application/zip"] =
        [
            OpenXml + "wordprocessingml.document", OpenXml + "spreadsheetml.sheet", OpenXml + "presentationml.presentation",
            OpenDocument + "text", OpenDocument + "spreadsheet", OpenDocument + "presentation", OpenDocument + "graphics",
            "application/epub+zip", "application/java-archive", "application/vnd.android.package-archive",
        ],
        ["application/ogg"] = ["audio/ogg", "video/ogg"],
        ["video/ogg"] = ["audio/ogg"],
        ["image/heic"] = ["image/heif"],
        ["image/heif"] = ["image/heic"],
        ["image/heic-sequence"] = ["image/heic", "image/heif"],
        ["image/heif-sequence"] = ["image/heif", "image/heic"],
    }.ToFrozenDictionary();

    // The bytes only show that these are text, or what their container is, so the extension of the file name must name the type.
    private static readonly FrozenDictionary<string, string[]> ByFileName = new Dictionary<string, string[]>
    {
        ["application/vnd.ms-excel"] = ["text/tab-separated-values", "text/plain"],
        ["video/mp2t"] = ["text/typescript"],
        ["video/webm"] = ["audio/webm"],
        ["audio/3gpp"] = ["video/3gpp"],
        ["video/x-ms-asf"] = ["audio/x-ms-wma", "video/x-ms-wmv"],
        ["text/plain"] =
        [
            "text/csv", "text/tab-separated-values", "text/markdown", "text/calendar", "text/vcard", "text/vtt", "application/x-subrip",
            "application/json", "application/x-ndjson", "application/geo+json", "application/yaml", "application/toml", "application/sql",
            "text/x-python", "text/x-c", "text/x-csharp", "text/x-java-source", "text/x-go", "text/rust", "text/x-lua", "text/x-tex",
            "text/x-rst", "text/x-ssa", "text/x-diff", "text/x-ini",
        ],
    }.ToFrozenDictionary();

    /// <summary>Returns the other types that content with a canonical type and a file name may have.</summary>
    public static IEnumerable<string> Find(string canonical, string fileName)
    {
        if (MediaTypes.FindByFileName(fileName) is { } byName
            && ByFileName.TryGetValue(canonical, out var texts) && texts.Contains(byName))
            yield return byName;
        foreach (var other in ByContent.GetValueOrDefault(canonical, []))
            yield return other;
    }
}
