using System.Net;
using System.Security.Authentication;
using Amazon.Runtime;

namespace DirectUpload.Storage;

/// <summary>Distinguishes a transient failure of storage from a refusal that lasts until the configuration is corrected.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html</remarks>
internal static class StorageErrorTranslator
{
    private const int MaxMessageLength = 300;

    // Transient errors with a 4xx status: lost or damaged data, credentials that the SDK renews, or a conflict between two calls.
    private static readonly HashSet<string> TransientCodes = new(StringComparer.Ordinal)
    {
        "RequestTimeout", "IncompleteBody", "BadDigest", "XAmzContentSHA256Mismatch", "InternalError", "SlowDown", "ServiceUnavailable",
        "Throttling", "ThrottlingException",
        "TooManyRequests", "RequestLimitExceeded", "BandwidthLimitExceeded", "OperationAborted", "ConditionalRequestConflict",
        "ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired",
        "RequestExpired", "NoSuchKey", "NoSuchUpload", "NoSuchVersion",
    };

    /// <summary>Creates the exception that reports a failed call.</summary>
    public static Exception Translate(StorageCall call, Exception failure) => failure switch
    {
        StorageUnavailableException or StorageRefusedException => failure,
        AmazonServiceException answer when (int)answer.StatusCode != 0 => FromResponse(call, answer),
        _ => FromNetworkError(call, failure),
    };

    /// <summary>Creates the exception for an error response that was not received through the SDK.</summary>
    public static Exception FromResponse(StorageCall call, HttpStatusCode status, string? code, string? message, Exception? inner)
    {
        // If the response has no body, the SDK derives a code from the status.
        if (string.IsNullOrEmpty(code) || IsSynthesizedCode(status, code))
            code = $"HTTP {(int)status}";
        return IsTransient(status, code)
            ? new StorageUnavailableException(
                $"Storage answered {call.Operation} on bucket {call.Bucket} with {(int)status} ({code}).", inner!)
            : new StorageRefusedException(call, code, StorageErrorResolutions.Find(call, status, code), Clean(message), inner);
    }

    private static Exception FromResponse(StorageCall call, AmazonServiceException answer) =>
        FromResponse(call, answer.StatusCode, answer.ErrorCode, HasErrorBody(answer) ? answer.Message : null, answer);

    /// <summary>Returns whether an error response has no code, as the responses to HEAD requests do.</summary>
    public static bool HasNoErrorBody(AmazonServiceException answer) =>
        answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Forbidden && !HasErrorBody(answer);

    private static bool HasErrorBody(AmazonServiceException answer) =>
        answer.ErrorCode is { Length: > 0 } code && !IsSynthesizedCode(answer.StatusCode, code);

    // The names of these two statuses are also error codes of S3.
    private static bool IsSynthesizedCode(HttpStatusCode status, string code) =>
        (code == status.ToString() || code == $"{(int)status}")
        && status is not (HttpStatusCode.NotImplemented or HttpStatusCode.MethodNotAllowed);

    private static bool IsTransient(HttpStatusCode status, string code) => TransientCodes.Contains(code) || (int)status switch
    {
        408 or 409 or 429 => true,
        501 or 505 => false,
        >= 500 => true,
        _ => false,
    };

    private static Exception FromNetworkError(StorageCall call, Exception failure)
    {
        var causes = GetCauses(failure).ToList();
        if (causes.OfType<AuthenticationException>().FirstOrDefault() is { } tls)
        {
            return new StorageRefusedException(
                call, "TLS", "The TLS connection to the storage endpoint failed: check that ServiceURL begins with the scheme that the "
                    + "server speaks, and that its certificate is trusted by this host.", Clean(tls.Message), failure);
        }

        // The SDK did not send the request: there is no region, no credentials, or the bucket name is not valid in a URL.
        if (failure is AmazonClientException or ArgumentException && !causes.Any(IsNetworkError))
        {
            return new StorageRefusedException(
                call, "not sent", "The AWS SDK could not send the request: register an IAmazonS3 with a region (or ServiceURL) and "
                    + "credentials, or give the process both by its environment or profile.", Clean(failure.Message), failure);
        }

        return new StorageUnavailableException(
            $"Storage could not be reached for {call.Operation} on bucket {call.Bucket}: {Clean(failure.Message)}", failure);
    }

    private static bool IsNetworkError(Exception cause) =>
        cause is HttpRequestException or IOException or TimeoutException or OperationCanceledException or System.Net.Sockets.SocketException
            or WebException;

    private static IEnumerable<Exception> GetCauses(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
            yield return cause;
    }

    // The server's message goes to the log, in one line and truncated.
    private static string? Clean(string? message)
    {
        if (string.IsNullOrWhiteSpace(message))
            return null;
        var line = string.Concat(message.Take(MaxMessageLength)
            .Select(letter => char.IsControl(letter) || char.IsSurrogate(letter) ? ' ' : letter)).Trim();
        return line.Contains("://", StringComparison.Ordinal) ? line[..line.IndexOf("://", StringComparison.Ordinal)] + "…" : line;
    }
}
