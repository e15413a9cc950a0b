using System.Net;
using System.Security.Authentication;
using Amazon.Runtime;

namespace DirectUpload.Storage;

/// <summary>Distinguishes a transient failure of storage from a refusal that lasts until the configuration is corrected.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html</remarks>
internal static class StorageFailures
{
    private const int LongestWords = 300;

    // 4xx by status, and yet transient: lost or damaged on the way, renewed by the SDK, or a conflict between two calls.
    private static readonly HashSet<string> Transient = new(StringComparer.Ordinal)
    {
        "RequestTimeout", "IncompleteBody", "BadDigest", "XAmzContentSHA256Mismatch", "InternalError", "SlowDown", "ServiceUnavailable", "Throttling", "ThrottlingException",
        "TooManyRequests", "RequestLimitExceeded", "BandwidthLimitExceeded", "OperationAborted", "ConditionalRequestConflict", "ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired",
        "RequestExpired", "NoSuchKey", "NoSuchUpload", "NoSuchVersion",
    };

    /// <summary>The exception that reports a failed call.</summary>
    public static Exception Translate(StorageCall call, Exception failure) => failure switch
    {
        StorageUnavailableException or StorageRefusedException => failure,
        AmazonServiceException answer when (int)answer.StatusCode != 0 => OfAnswer(call, answer),
        _ => OfNetwork(call, failure),
    };

    /// <summary>The same of an answer that did not come through the SDK.</summary>
    public static Exception OfAnswer(StorageCall call, HttpStatusCode status, string? code, string? words, Exception? inner)
    {
        // Without a body the SDK makes up a code from the status.
        if (string.IsNullOrEmpty(code) || IsMadeUp(status, code))
            code = $"HTTP {(int)status}";
        return IsTransient(status, code)
            ? new StorageUnavailableException($"Storage answered {call.Operation} on bucket {call.Bucket} with {(int)status} ({code}).", inner!)
            : new StorageRefusedException(call, code, StorageCures.Find(call, status, code), Clean(words), inner);
    }

    private static Exception OfAnswer(StorageCall call, AmazonServiceException answer) =>
        OfAnswer(call, answer.StatusCode, answer.ErrorCode, HasBody(answer) ? answer.Message : null, answer);

    /// <summary>Whether an answer refuses without a code, as the answer to a HEAD does.</summary>
    public static bool IsSilent(AmazonServiceException answer) => answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Forbidden && !HasBody(answer);

    private static bool HasBody(AmazonServiceException answer) => answer.ErrorCode is { Length: > 0 } code && !IsMadeUp(answer.StatusCode, code);

    // Two of the names of statuses are codes of S3 as well.
    private static bool IsMadeUp(HttpStatusCode status, string code) =>
        (code == status.ToString() || code == $"{(int)status}") && status is not (HttpStatusCode.NotImplemented or HttpStatusCode.MethodNotAllowed);

    private static bool IsTransient(HttpStatusCode status, string code) => Transient.Contains(code) || (int)status switch
    {
        408 or 409 or 429 => true,
        501 or 505 => false,
        >= 500 => true,
        _ => false,
    };

    private static Exception OfNetwork(StorageCall call, Exception failure)
    {
        var causes = Causes(failure).ToList();
        if (causes.OfType<AuthenticationException>().FirstOrDefault() is { } tls)
        {
            return new StorageRefusedException(
                call, "TLS", "The TLS connection to storage's endpoint was refused: check that ServiceURL begins with the scheme that the server speaks, and that its certificate is trusted by this host.", Clean(tls.Message), failure);
        }

        // The SDK itself refuses to send: no region, no credentials, a bucket name that no URL can hold.
        if (failure is AmazonClientException or ArgumentException && !causes.Any(IsOfNetwork))
        {
            return new StorageRefusedException(
                call, "not sent", "The AWS SDK could not send the request: register an IAmazonS3 with a region (or ServiceURL) and credentials, or give the process both by its environment or profile.", Clean(failure.Message), failure);
        }

        return new StorageUnavailableException($"Storage could not be reached for {call.Operation} on bucket {call.Bucket}: {Clean(failure.Message)}", failure);
    }

    private static bool IsOfNetwork(Exception cause) =>
        cause is HttpRequestException or IOException or TimeoutException or OperationCanceledException or System.Net.Sockets.SocketException or WebException;

    private static IEnumerable<Exception> Causes(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
            yield return cause;
    }

    // The server's message goes to the log: in one line, and cut.
    private static string? Clean(string? words)
    {
        if (string.IsNullOrWhiteSpace(words))
            return null;
        var line = string.Concat(words.Take(LongestWords).Select(letter => char.IsControl(letter) || char.IsSurrogate(letter) ? ' ' : letter)).Trim();
        return line.Contains("://", StringComparison.Ordinal) ? line[..line.IndexOf("://", StringComparison.Ordinal)] + "…" : line;
    }
}
