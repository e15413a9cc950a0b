using System.Data.Common;
using Amazon.Runtime;
using DirectUpload.Records;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DirectUpload.AspNetCore;

/// <summary>
/// Answers 503 when storage or the record store could not be reached, or refused the application itself: the client has done nothing wrong, nothing was
/// concluded, and the same request works later.
/// </summary>
internal static partial class Outage
{
    private const string RetryAfterSeconds = "5";

    public static ValueTask<object?> AnswerAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next) => AnswerAsync(invocation, next, Problems.StorageUnavailable);

    /// <param name="invocation">The call.</param>
    /// <param name="next">What answers it.</param>
    /// <param name="unavailable">The answer during an outage.</param>
    public static async ValueTask<object?> AnswerAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next, Func<IResult> unavailable)
    {
        var context = invocation.HttpContext;
        try
        {
            return await next(invocation).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsOutage(exception) && !context.RequestAborted.IsCancellationRequested)
        {
            context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("DirectUpload.AspNetCore").StorageUnavailable(exception);
            context.Response.Headers.RetryAfter = RetryAfterSeconds;
            return unavailable();
        }
    }

    private static bool IsOutage(Exception exception) => exception
        is AmazonServiceException or AmazonClientException or HttpRequestException or IOException or TimeoutException or DbException or RecordStoreUnavailableException
        or OperationCanceledException;

    [LoggerMessage(1, LogLevel.Error, "Storage or the record store could not be used; the client was told to try again")]
    private static partial void StorageUnavailable(this ILogger logger, Exception exception);
}
