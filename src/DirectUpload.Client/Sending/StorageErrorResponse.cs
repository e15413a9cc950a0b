using System.Net;
using System.Text;

namespace DirectUpload.Client.Sending;

/// <summary>Represents an error response of S3: a code and a message, in XML.</summary>
internal sealed record StorageErrorResponse(int Status, string? Code, string? Message)
{
    private const int MaxReadBytes = 16 * 1024;

    /// <summary>
    /// Gets whether the error is transient, including those that S3 reports as client errors; a wrong digest means that bytes were altered
    /// in transit.
    /// </summary>
    public bool IsTransient => Status is >= 500 or 408 or 429
        || Code is "RequestTimeout" or "IncompleteBody" or "ConditionalRequestConflict" or "OperationAborted" or "SlowDown" or "BadDigest";

    /// <summary>Gets whether the signature or its credentials may have expired; S3 reports a wrong signature in the same way.</summary>
    public bool MayBeExpired => Status == 403 || Code is "ExpiredToken" or "TokenRefreshRequired";

    public DirectUploadException ToException() =>
        new(FileUploadErrorCodes.StorageRefused, $"Storage refused the bytes: {this}.") { HttpStatus = Status };

    public override string ToString() => $"{Status} {Code}{(Message is null ? null : $", \"{Message.TrimEnd('.')}\"")}".TrimEnd();

    public static async Task<StorageErrorResponse> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var buffer = new byte[MaxReadBytes];
        var text = Encoding.UTF8.GetString(
            buffer, 0,
            await body.ReadAtLeastAsync(buffer, MaxReadBytes, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false));
        return new((int)answer.StatusCode, ReadElement(text, "Code"), ReadElement(text, "Message"));
    }

    private static string? ReadElement(string xml, string name)
    {
        var from = xml.IndexOf($"<{name}>", StringComparison.Ordinal);
        var to = from < 0 ? -1 : xml.IndexOf($"</{name}>", from, StringComparison.Ordinal);
        return to < 0 ? null : WebUtility.HtmlDecode(xml[(from + name.Length + 2)..to]);
    }
}
