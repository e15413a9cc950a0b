using System.Data.Common;
using System.Net.Sockets;
using Amazon.Runtime;
using DirectUpload.AspNetCore.Http;
using DirectUpload.Stores;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DirectUpload.AspNetCore.Filters;

/// <summary>
/// The endpoint filter that returns 503 when storage or the record store is unavailable, or refuses the application. The request is valid,
/// nothing was changed, and the same request works later. A configuration error has its own code and a longer Retry-After, because it lasts
/// until the operator corrects it.
/// </summary>
internal static partial class StorageUnavailableFilter
{
    private const string RetryAfterSeconds = "5";
    private const string MisconfiguredRetryAfterSeconds = "60";

    public static ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next) =>
        InvokeAsync(invocation, next, Problems.StorageUnavailable, Problems.StorageMisconfigured);

    /// <summary>Invokes the endpoint, and creates the 503 response if it fails.</summary>
    /// <param name="invocation">The invocation of the endpoint.</param>
    /// <param name="next">The next filter or the endpoint.</param>
    /// <param name="unavailable">Creates the response while storage or the record store is unavailable.</param>
    /// <param name="misconfigured">Creates the response while storage refuses the application's configuration.</param>
    public static async ValueTask<object?> InvokeAsync(
        EndpointFilterInvocationContext invocation, EndpointFilterDelegate next, Func<IResult> unavailable, Func<IResult> misconfigured)
    {
        try
        {
            return await next(invocation).ConfigureAwait(false);
        }
        catch (Exception exception) when (CanHandle(exception, invocation.HttpContext))
        {
            return CreateResponse(exception, invocation.HttpContext, unavailable, misconfigured);
        }
    }

    /// <summary>Determines whether an exception is a failure of storage or the record store, and the client is still connected.</summary>
    public static bool CanHandle(Exception exception, HttpContext context) =>
        IsUnavailable(exception) && !context.RequestAborted.IsCancellationRequested;

    /// <summary>Logs the failure and creates the 503 response.</summary>
    public static IResult CreateResponse(Exception exception, HttpContext context, Func<IResult> unavailable, Func<IResult> misconfigured)
    {
        var logger = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("DirectUpload.AspNetCore");
        var refused = IsConfigurationError(exception);
        // The storage layer has already logged its refusal, with the correction.
        if (exception is StorageRefusedException)
            logger.StorageRefused(exception);
        else if (refused)
            logger.SdkRefused(exception);
        else
            logger.StorageUnavailable(exception);
        context.Response.Headers.RetryAfter = refused ? MisconfiguredRetryAfterSeconds : RetryAfterSeconds;
        return refused ? misconfigured() : unavailable();
    }

    private static bool IsUnavailable(Exception exception) => exception
        is StorageRefusedException or RecordStoreUnavailableException or UnreadableRecordException or AmazonServiceException
        or AmazonClientException or HttpRequestException or IOException or TimeoutException or DbException
        or OperationCanceledException;

    // The SDK refuses to send or to sign without a region or credentials.
    private static bool IsConfigurationError(Exception exception) =>
        exception is StorageRefusedException || (exception is AmazonClientException && !IsNetworkError(exception.InnerException));

    private static bool IsNetworkError(Exception? cause) =>
        cause is HttpRequestException or IOException or TimeoutException or OperationCanceledException or SocketException
        || (cause is not null && IsNetworkError(cause.InnerException));

    [LoggerMessage(1, LogLevel.Error, "Storage or the record store was unavailable; the client received 503 storage-unavailable")]
    private static partial void StorageUnavailable(this ILogger logger, Exception exception);

    [LoggerMessage(30, LogLevel.Debug, "Storage refused a request; the client received 503 storage-misconfigured")]
    private static partial void StorageRefused(this ILogger logger, Exception exception);

    [LoggerMessage(31, LogLevel.Error,
        "The AWS SDK could not send or sign a request to storage; the client received 503 storage-misconfigured. Register an IAmazonS3 " +
        "with a region (or ServiceURL) and credentials")]
    private static partial void SdkRefused(this ILogger logger, Exception exception);
}
