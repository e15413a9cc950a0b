using System.Security.Cryptography;
using DirectUpload.Diagnostics;
using DirectUpload.LocalS3.Cors;
using DirectUpload.LocalS3.Diagnostics;
using DirectUpload.LocalS3.Operations;
using DirectUpload.LocalS3.Protocol;
using DirectUpload.LocalS3.Signing;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace DirectUpload.LocalS3.Routing;

/// <summary>Handles a request: CORS, authentication, the operation, and S3's error responses.</summary>
internal sealed class S3Application(S3Services services, ILogger logger) : IHttpApplication<HttpContext>
{
    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    public async Task ProcessRequestAsync(HttpContext context)
    {
        var requestId = RandomNumberGenerator.GetHexString(16);
        IReadOnlyList<CorsRule>? cors = null;
        S3Request? request = null;
        UnreadBody.CloseConnectionAfter(context);
        try
        {
            WriteCommonHeaders(context, requestId, cors);
            BrowserGuard.CheckHost(context.Request, services.VirtualHosts);
            request = new S3Request(context, services.VirtualHosts);
            cors = services.Store.Find(request.Bucket)?.Cors;
            WriteCommonHeaders(context, requestId, cors);
            await HandleAsync(request, context.Response, cors);
        }
        catch (S3Exception refusal)
        {
            logger.Refused(context.Request.Method, BucketForLog(request), KeyForLog(request), refusal.Status, refusal.Code);
            await WriteErrorAsync(context, refusal, requestId, cors);
        }
        catch (Exception e) when (context.RequestAborted.IsCancellationRequested
            || e is ConnectionResetException or BadHttpRequestException)
        {
            // The client has disconnected or sent invalid HTTP, so there is no response.
            logger.Aborted(context.Request.Method, BucketForLog(request), KeyForLog(request));
            context.Abort();
        }
        catch (Exception e)
        {
            logger.Failed(e, context.Request.Method, BucketForLog(request), KeyForLog(request));
            await WriteErrorAsync(context, new S3Exception(500, "InternalError", "We encountered an internal error. Please try again."),
                requestId, cors);
        }
        await UnreadBody.DrainAsync(context);
    }

    // A key may contain any character, including line breaks.
    private static string BucketForLog(S3Request? request) => LogText.Sanitize(request?.Bucket);

    private static string KeyForLog(S3Request? request) => LogText.Sanitize(request?.Key, LogText.MaxKeyLength);

    private async Task HandleAsync(S3Request request, HttpResponse response, IReadOnlyList<CorsRule>? cors)
    {
        if (HttpMethods.IsOptions(request.Method))
        {
            if (services.Store.Find(request.Bucket) is null)
                throw CorsResponse.CreateForbidden("CORSResponse: Bucket not found", request.Method);
            CorsResponse.WritePreflight(response.HttpContext.Request, response, cors);
            return;
        }
        BrowserGuard.CheckOrigin(response.HttpContext.Request, cors);
        var operation = OperationTable.Find(request);
        var caller = OperationTable.IsFormUpload(operation) ? Caller.PolicyHolder : services.Authenticator.Authenticate(request);
        if (caller.IsAnonymous)
            AnonymousAccess.EnsureAllowed(request, services.Store);
        BucketOwner.Check(request, services.Store);
        AmzSettings.Check(request, operation);
        QuerySettings.Check(request, operation);
        QuirkRules.Apply(request, operation, services.Options.Quirks);
        await operation(new S3OperationContext(request, response, caller, services)
        {
            RequireHonored = names => AmzSettings.Check(names, operation),
        });
    }

    private static async Task WriteErrorAsync(HttpContext context, S3Exception refusal, string requestId, IReadOnlyList<CorsRule>? cors)
    {
        if (context.Response.HasStarted)
        {
            // A client must not mistake a partial response for a complete one.
            context.Abort();
            return;
        }
        context.Response.Clear();
        WriteCommonHeaders(context, requestId, cors);
        await ErrorResponse.WriteAsync(context, refusal, requestId);
    }

    private static void WriteCommonHeaders(HttpContext context, string requestId, IReadOnlyList<CorsRule>? cors)
    {
        var headers = context.Response.Headers;
        headers["x-amz-request-id"] = requestId;
        headers["x-amz-id-2"] = ErrorResponse.HostId;
        headers.Server = "DirectUpload.LocalS3";
        if (!HttpMethods.IsOptions(context.Request.Method))
            CorsResponse.AddHeaders(context.Request, headers, cors);
    }
}
