using System.Net;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace DirectUpload.AspNetCore;

/// <summary>
/// Scheme, host and path base for addresses that must be absolute. A Host header is the client's word, and gets into an address only where the application has said that it is its own.
/// </summary>
internal static class PublicAddress
{
    /// <summary>What to do where <see cref="Of"/> is null.</summary>
    public const string Cure =
        "Set PublicBaseAddress in MapDirectUploads or MapUppyUploads (o => o.PublicBaseAddress = new Uri(\"https://app.example.com\")), or name the application's hosts in AllowedHosts.";

    /// <summary>The address to put before a path; null when the request's host is not known to be the application's.</summary>
    public static string? Of(HttpContext context, Uri? configured)
    {
        var request = context.Request;
        if (configured is not null)
            return configured.AbsoluteUri.TrimEnd('/') + (configured.AbsolutePath == "/" ? request.PathBase.ToUriComponent() : string.Empty);
        return request.Host.HasValue && (IsThisMachine(request.Host) || IsAllowed(request.Host, context.RequestServices))
            ? $"{request.Scheme}://{request.Host.ToUriComponent()}{request.PathBase.ToUriComponent()}"
            : null;
    }

    private static bool IsThisMachine(HostString host) =>
        string.Equals(host.Host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static bool IsAllowed(HostString host, IServiceProvider services)
    {
        var allowed = services.GetService<IOptions<HostFilteringOptions>>()?.Value.AllowedHosts ?? [];
        return allowed.Count > 0 && !allowed.Any(it => it is "*" or "[::]" or "0.0.0.0") && HostString.MatchesAny(host.Host, [.. allowed.Select(it => (StringSegment)it)]);
    }
}
