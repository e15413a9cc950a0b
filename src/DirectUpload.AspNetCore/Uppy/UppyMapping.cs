using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DirectUpload.AspNetCore.Uppy;

/// <summary>Says how many segments of an endpoint's route come after the pattern that was given to <c>MapUppyUploads</c>.</summary>
/// <param name="Segments">From 1.</param>
internal sealed record UppyMapping(int Segments)
{
    /// <summary>
    /// Names the mapping that a request came in by: the hosts that it is restricted to, and the path of its pattern with the parameters filled in, so that one tenant's mapping is not another's.
    /// </summary>
    public static string Of(HttpContext context)
    {
        var endpoint = context.GetEndpoint();
        var own = endpoint?.Metadata.GetMetadata<UppyMapping>()?.Segments ?? 0;
        var path = (context.Request.Path.Value ?? string.Empty).Split('/', StringSplitOptions.RemoveEmptyEntries);
        var hosts = endpoint?.Metadata.GetOrderedMetadata<IHostMetadata>().SelectMany(it => it.Hosts) ?? [];
        return $"{string.Join(',', hosts)} {context.Request.PathBase}/{string.Join('/', path[..Math.Max(0, path.Length - own)])}";
    }
}
