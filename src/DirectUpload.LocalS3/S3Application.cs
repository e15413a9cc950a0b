using System.Security.Cryptography;
using DirectUpload.Diagnostics;
using DirectUpload.LocalS3.Cors;
using DirectUpload.LocalS3.Operations;
using DirectUpload.LocalS3.Protocol;
using DirectUpload.LocalS3.Signing;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace DirectUpload.LocalS3;

/// <summary>Takes a request from Kestrel to its answer: CORS, authentication, the operation, and every refusal in S3's words.</summary>
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
        try
        {
            Begin(context, requestId, cors);
            BrowserGuard.CheckHost(context.Request, services.VirtualHosts);
            request = new S3Request(context, services.VirtualHosts);
            cors = services.Store.Find(request.Bucket)?.Cors;
            Begin(context, requestId, cors);
            await AnswerAsync(request, context.Response, cors);
        }
        catch (S3Exception refusal)
        {
            logger.Refused(context.Request.Method, Bucket(request), Key(request), refusal.Status, refusal.Code);
            await RefuseAsync(context, refusal, requestId, cors);
        }
        catch (Exception e) when (context.RequestAborted.IsCancellationRequested
            || e is ConnectionResetException or BadHttpRequestException)
        {
            // The client has gone, or never spoke proper HTTP; there is nobody to answer.
            logger.Aborted(context.Request.Method, Bucket(request), Key(request));
            context.Abort();
        }
        catch (Exception e)
        {
            logger.Failed(e, context.Request.Method, Bucket(request), Key(request));
            await RefuseAsync(context, new S3Exception(500, "InternalError", "We encountered an internal error. Please try again."),
                requestId, cors);
        }
    }

    // A key may hold any character, line breaks included.
    private static string Bucket(S3Request? request) => LogText.Sanitize(request?.Bucket);

    private static string Key(S3Request? request) => LogText.Sanitize(request?.Key, LogText.Key);

    private async Task AnswerAsync(S3Request request, HttpResponse response, IReadOnlyList<CorsRule>? cors)
    {
        if (HttpMethods.IsOptions(request.Method))
        {
            if (services.Store.Find(request.Bucket) is null)
                throw CorsAnswer.Forbidden("CORSResponse: Bucket not found", request.Method);
            CorsAnswer.Preflight(response.HttpContext.Request, response, cors);
            return;
        }
        BrowserGuard.CheckOrigin(response.HttpContext.Request, cors);
        var operation = OperationTable.Find(request);
        var caller = OperationTable.IsFormUpload(operation) ? Caller.PolicyHolder : services.Authenticator.Authenticate(request);
        if (caller.IsAnonymous)
            AnonymousAccess.Check(request, services.Store);
        QuirkRules.Check(request, operation, services.Options.Quirks);
        await operation(new S3Call(request, response, caller, services));
    }

    private static async Task RefuseAsync(HttpContext context, S3Exception refusal, string requestId, IReadOnlyList<CorsRule>? cors)
    {
        if (context.Response.HasStarted)
        {
            // Half an answer must not look like a whole one.
            context.Abort();
            return;
        }
        context.Response.Clear();
        Begin(context, requestId, cors);
        await ErrorAnswer.WriteAsync(context, refusal, requestId);
    }

    private static void Begin(HttpContext context, string requestId, IReadOnlyList<CorsRule>? cors)
    {
        var headers = context.Response.Headers;
        headers["x-amz-request-id"] = requestId;
        headers["x-amz-id-2"] = ErrorAnswer.HostId;
        headers.Server = "DirectUpload.LocalS3";
        if (!HttpMethods.IsOptions(context.Request.Method))
            CorsAnswer.Decorate(context.Request, headers, cors);
    }
}
