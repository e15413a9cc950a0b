using System.Text.Json;

namespace DirectUpload.Blazor.Interop;

/// <summary>Reads the events of the browser, which can send anything: what is not an upload id is no upload id here either.</summary>
internal static class BrowserEvents
{
    private const int IdLength = 32;

    public static IEnumerable<string> ReadIds(JsonElement item) =>
        item.TryGetProperty("ids", out var ids) && ids.ValueKind == JsonValueKind.Array
            ? ids.EnumerateArray().Select(id => id.ValueKind == JsonValueKind.String ? id.GetString() : null).Where(IsId).Select(id => id!)
            : [];

    public static DirectUploadReadyEventArgs? ReadReady(JsonElement item) => ReadId(item) is { } id
        ? new()
        {
            UploadId = id,
            FileName = item.Text("fileName") ?? "",
            ContentType = item.Text("contentType") ?? "",
            Size = (long)(item.Number("size") ?? 0),
            ChecksumSha256 = item.Text("checksumSha256"),
            ContentUrl = item.Text("contentUrl"),
        }
        : null;

    public static DirectUploadProgressEventArgs ReadProgress(JsonElement item) => new()
    {
        UploadId = ReadId(item),
        FileName = item.Text("fileName") ?? "",
        BytesSent = (long)(item.Number("loaded") ?? 0),
        Size = (long)(item.Number("total") ?? 0),
        BytesPerSecond = item.Number("speed"),
        TimeLeft = item.Number("secondsLeft") is >= 0 and < int.MaxValue and var seconds ? TimeSpan.FromSeconds(seconds) : null,
    };

    public static DirectUploadErrorEventArgs ReadError(JsonElement item) => new()
    {
        Code = item.Text("code") ?? "unknown",
        Message = item.Text("message") ?? "",
        Detail = item.Text("detail"),
        UploadId = ReadId(item),
        FileName = item.Text("fileName"),
        CanRetry = item.Flag("canRetry"),
    };

    public static string? Text(this JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static bool Flag(this JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static double? Number(this JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    private static string? ReadId(JsonElement item) => item.Text("id") is { } id && IsId(id) ? id : null;

    private static bool IsId(string? text) => text?.Length == IdLength && text.All(char.IsAsciiHexDigitLower);
}
