using DirectUpload.LocalS3.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace DirectUpload.LocalS3.Routing;

/// <summary>Closes the connection after a response to a request whose body was not read to its end.</summary>
/// <remarks>
/// A client that waits for <c>100 Continue</c> and receives a final response may send the body or its next request; the server cannot
/// determine which one follows. Clients of botocore also keep the state of an unanswered <c>Expect</c> until the connection closes, which
/// delays their next request by a minute; for an empty object, Kestrel sends no <c>100 Continue</c>.
/// Source: https://www.rfc-editor.org/rfc/rfc9110.html#section-10.1.1
/// </remarks>
internal static class UnreadBody
{
    /// <summary>
    /// How long the server receives and drops the rest of a body, so that the client can read the response before a reset.
    /// </summary>
    private static readonly TimeSpan MaxDrainTime = TimeSpan.FromSeconds(5);

    /// <summary>Observes the body of a request and adds <c>Connection: close</c> to the response if the body is unread.</summary>
    public static void CloseConnectionAfter(HttpContext context)
    {
        var body = new ClientBodyStream(context.Request.Body, HasBody(context) ? context.Request.ContentLength : 0);
        context.Request.Body = body;
        context.Response.OnStarting(() =>
        {
            if (!body.IsAtEnd || IsExpectUnanswered(context))
                context.Response.Headers.Connection = "close";
            return Task.CompletedTask;
        });
    }

    /// <summary>Sends the response and then drops the rest of the body; a client that waits for 100 Continue sends none.</summary>
    public static async Task DrainAsync(HttpContext context)
    {
        if (context.Request.Body is not ClientBodyStream { IsAtEnd: false } body || Expects(context))
            return;
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        timeout.CancelAfter(MaxDrainTime);
        var dropped = new byte[64 * 1024];
        try
        {
            await context.Response.CompleteAsync();
            while (await body.ReadAsync(dropped, timeout.Token) > 0)
            {
            }
        }
        catch (Exception e) when (e is S3Exception or OperationCanceledException or IOException)
        {
            // The connection closes in any case.
        }
    }

    // A body that was read received 100 Continue, unless it is empty.
    private static bool IsExpectUnanswered(HttpContext context) =>
        Expects(context) && !(HasBody(context) && context.Request.ContentLength != 0);

    private static bool Expects(HttpContext context) => context.Request.Headers.Expect.Count > 0;

    private static bool HasBody(HttpContext context) => context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true;
}
