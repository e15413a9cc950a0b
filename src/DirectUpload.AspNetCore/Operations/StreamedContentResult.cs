using DirectUpload.AspNetCore.Filters;
using DirectUpload.AspNetCore.Http;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.AspNetCore.Operations;

/// <summary>
/// The result that streams content through the application. If storage fails before the first byte is sent, the response is 503; later, the
/// connection is aborted, so that the client does not mistake a part of the file for the whole.
/// </summary>
internal sealed class StreamedContentResult(IResult content) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        try
        {
            await content.ExecuteAsync(httpContext).ConfigureAwait(false);
        }
        catch (Exception exception) when (!httpContext.Response.HasStarted && StorageUnavailableFilter.CanHandle(exception, httpContext))
        {
            httpContext.Response.Clear();
            httpContext.Response.Headers.CacheControl = "no-store";
            await StorageUnavailableFilter.CreateResponse(
                exception, httpContext, Problems.StorageUnavailable, Problems.StorageMisconfigured)
                    .ExecuteAsync(httpContext).ConfigureAwait(false);
        }
    }
}
