using Microsoft.AspNetCore.Http;

namespace DirectUpload.AspNetCore.Operations;

/// <summary>Content that the application sends itself. When storage fails before the first byte has left, the answer is 503 as everywhere; later the connection is cut, so that half a file is not taken for a whole one.</summary>
internal sealed class SentContent(IResult content) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        try
        {
            await content.ExecuteAsync(httpContext).ConfigureAwait(false);
        }
        catch (Exception exception) when (!httpContext.Response.HasStarted && Outage.IsAnswered(exception, httpContext))
        {
            httpContext.Response.Clear();
            httpContext.Response.Headers.CacheControl = "no-store";
            await Outage.Answer(exception, httpContext, Problems.StorageUnavailable, Problems.StorageMisconfigured).ExecuteAsync(httpContext).ConfigureAwait(false);
        }
    }
}
