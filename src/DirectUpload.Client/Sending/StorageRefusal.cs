using System.Net;
using System.Text;

namespace DirectUpload.Client.Sending;

/// <summary>S3's answer when it does not take something: a code and a message, in XML.</summary>
internal sealed record StorageRefusal(int Status, string? Code, string? Message)
{
    private const int LongestRead = 16 * 1024;

    /// <summary>Passing troubles that S3 reports as if they were the client's; a wrong digest is of bytes that were altered on the way.</summary>
    public bool MayPass => Status is >= 500 or 408 or 429 || Code is "RequestTimeout" or "IncompleteBody" or "ConditionalRequestConflict" or "OperationAborted" or "SlowDown" or "BadDigest";

    /// <summary>Expired, or signed by credentials that have: a new signature may mend it. A wrong signature looks the same.</summary>
    public bool MayBeExpired => Status == 403 || Code is "ExpiredToken" or "TokenRefreshRequired";

    public DirectUploadException ToException() => new(UploadErrorCodes.StorageRefused, $"Storage refused the bytes: {this}.") { HttpStatus = Status };

    public override string ToString() => $"{Status} {Code}{(Message is null ? null : $", \"{Message.TrimEnd('.')}\"")}".TrimEnd();

    public static async Task<StorageRefusal> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var buffer = new byte[LongestRead];
        var text = Encoding.UTF8.GetString(buffer, 0, await body.ReadAtLeastAsync(buffer, LongestRead, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false));
        return new((int)answer.StatusCode, Element(text, "Code"), Element(text, "Message"));
    }

    private static string? Element(string xml, string name)
    {
        var from = xml.IndexOf($"<{name}>", StringComparison.Ordinal);
        var to = from < 0 ? -1 : xml.IndexOf($"</{name}>", from, StringComparison.Ordinal);
        return to < 0 ? null : WebUtility.HtmlDecode(xml[(from + name.Length + 2)..to]);
    }
}
