using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DirectUpload.AspNetCore.Uppy;

/// <summary>The endpoint metadata with the number of route segments after the pattern of <c>MapUppyUploads</c>.</summary>
/// <param name="SegmentCount">The number of segments, at least 1.</param>
internal sealed record UppyMapping(int SegmentCount)
{
    /// <summary>
    /// Gets the address of the mapping that a request reached: its host restrictions, and the path of its pattern with the parameter
    /// values, so that the mappings of two tenants differ.
    /// </summary>
    public static string GetAddress(HttpContext context)
    {
        var endpoint = context.GetEndpoint();
        var own = endpoint?.Metadata.GetMetadata<UppyMapping>()?.SegmentCount ?? 0;
        var path = (context.Request.Path.Value ?? string.Empty).Split('/', StringSplitOptions.RemoveEmptyEntries);
        var hosts = endpoint?.Metadata.GetOrderedMetadata<IHostMetadata>().SelectMany(it => it.Hosts) ?? [];
        return $"{string.Join(',', hosts)} {context.Request.PathBase}/{string.Join('/', path[..Math.Max(0, path.Length - own)])}";
    }
}
