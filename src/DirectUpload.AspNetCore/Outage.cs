using System.Data.Common;
using System.Net.Sockets;
using Amazon.Runtime;
using DirectUpload.Records;
using DirectUpload.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DirectUpload.AspNetCore;

/// <summary>
/// Answers 503 when storage or the record store could not be reached, or refused the application itself: the client has done nothing wrong, nothing was
/// concluded, and the same request works later. What lasts until the application's configuration is corrected has a code of its own, and a longer Retry-After.
/// </summary>
internal static partial class Outage
{
    private const string RetryAfterSeconds = "5";
    private const string RetryAfterMisconfigured = "60";

    public static ValueTask<object?> AnswerAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next) =>
        AnswerAsync(invocation, next, Problems.StorageUnavailable, Problems.StorageMisconfigured);

    /// <param name="invocation">The call.</param>
    /// <param name="next">What answers it.</param>
    /// <param name="unavailable">The answer during an outage.</param>
    /// <param name="misconfigured">The answer while storage refuses the application's configuration.</param>
    public static async ValueTask<object?> AnswerAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next, Func<IResult> unavailable, Func<IResult> misconfigured)
    {
        try
        {
            return await next(invocation).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsAnswered(exception, invocation.HttpContext))
        {
            return Answer(exception, invocation.HttpContext, unavailable, misconfigured);
        }
    }

    /// <summary>Whether an exception is a failure of what the application depends on, and its client still waits.</summary>
    public static bool IsAnswered(Exception exception, HttpContext context) => IsOutage(exception) && !context.RequestAborted.IsCancellationRequested;

    /// <summary>The answer to such a failure.</summary>
    public static IResult Answer(Exception exception, HttpContext context, Func<IResult> unavailable, Func<IResult> misconfigured)
    {
        var logger = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("DirectUpload.AspNetCore");
        var refused = IsRefusal(exception);
        // Storage's refusal was logged where it was met, with its cure.
        if (exception is StorageRefusedException)
            logger.StorageRefused(exception);
        else if (refused)
            logger.SdkRefused(exception);
        else
            logger.StorageUnavailable(exception);
        context.Response.Headers.RetryAfter = refused ? RetryAfterMisconfigured : RetryAfterSeconds;
        return refused ? misconfigured() : unavailable();
    }

    private static bool IsOutage(Exception exception) => exception
        is StorageRefusedException or RecordStoreUnavailableException or UnreadableRecordException or AmazonServiceException or AmazonClientException or HttpRequestException or IOException or TimeoutException or DbException
        or OperationCanceledException;

    // The SDK itself refuses to send or to sign: no region, no credentials.
    private static bool IsRefusal(Exception exception) =>
        exception is StorageRefusedException || (exception is AmazonClientException && !IsOfNetwork(exception.InnerException));

    private static bool IsOfNetwork(Exception? cause) =>
        cause is HttpRequestException or IOException or TimeoutException or OperationCanceledException or SocketException || (cause is not null && IsOfNetwork(cause.InnerException));

    [LoggerMessage(1, LogLevel.Error, "Storage or the record store could not be used; the client was told to try again")]
    private static partial void StorageUnavailable(this ILogger logger, Exception exception);

    [LoggerMessage(30, LogLevel.Debug, "A request was answered with 503 storage-misconfigured")]
    private static partial void StorageRefused(this ILogger logger, Exception exception);

    [LoggerMessage(31, LogLevel.Error,
        "The AWS SDK could not send or sign a request to storage; the client was answered with 503 storage-misconfigured. Register an IAmazonS3 with a region (or ServiceURL) and credentials")]
    private static partial void SdkRefused(this ILogger logger, Exception exception);
}
