using System.Net;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace DirectUpload.AspNetCore.Authorization;

/// <summary>
/// Creates the scheme, host and path base of addresses that must be absolute. The client controls the Host header, so an address contains
/// it only if the application's configuration names the host.
/// </summary>
internal static class PublicAddress
{
    /// <summary>The correction to show where <see cref="GetBaseAddress"/> returns null.</summary>
    public const string ConfigurationHint =
        "Set PublicBaseAddress in MapDirectUploads or MapUppyUploads (o => o.PublicBaseAddress = new Uri(\"https://app.example.com\")), " +
        "or name the application's hosts in AllowedHosts.";

    /// <summary>Gets the base address; null if the request's host is not known to be the application's.</summary>
    public static string? GetBaseAddress(HttpContext context, Uri? configured)
    {
        var request = context.Request;
        if (configured is not null)
            return configured.AbsoluteUri.TrimEnd('/') +
                (configured.AbsolutePath == "/" ? request.PathBase.ToUriComponent() : string.Empty);
        return request.Host.HasValue && (IsLoopback(request.Host) || IsAllowed(request.Host, context.RequestServices))
            ? $"{request.Scheme}://{request.Host.ToUriComponent()}{request.PathBase.ToUriComponent()}"
            : null;
    }

    private static bool IsLoopback(HostString host) =>
        string.Equals(host.Host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static bool IsAllowed(HostString host, IServiceProvider services)
    {
        var allowed = services.GetService<IOptions<HostFilteringOptions>>()?.Value.AllowedHosts ?? [];
        return allowed.Count > 0 && !allowed.Any(it => it is "*" or "[::]" or "0.0.0.0")
            && HostString.MatchesAny(host.Host, [.. allowed.Select(it => (StringSegment)it)]);
    }
}
