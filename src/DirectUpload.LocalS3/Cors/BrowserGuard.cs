using System.Net;
using DirectUpload.LocalS3.Protocol;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.LocalS3.Cors;

/// <summary>Refuses requests from pages of foreign sites.</summary>
/// <remarks>
/// LocalS3's default key is public, so a signature does not distinguish the developer's page from another page in the same browser. The
/// headers that the browser adds do. Programs other than browsers send none of these headers and are not affected.
/// </remarks>
internal static class BrowserGuard
{
    // The content types that a page can display but not read, such as a presigned image.
    private static readonly string[] EmbeddableDestinations = ["image", "audio", "video", "track", "document", "iframe", "frame"];

    /// <summary>Refuses a host name that a foreign page may have pointed to this machine (DNS rebinding).</summary>
    public static void CheckHost(HttpRequest request, VirtualHosts virtualHosts)
    {
        var host = request.Host.Host;
        if (host.Length == 0 || IsLoopbackHost(host) || IPAddress.TryParse(host, out _) || virtualHosts.IsKnownHost(host))
            return;
        throw new S3Exception(403, "AccessDenied",
            $"LocalS3 does not accept the host name '{host}'. If programs use this name for LocalS3, " +
            "add it to LocalS3Options.VirtualHostSuffixes.");
    }

    /// <summary>
    /// Refuses a request from a page of a foreign origin, signed or not, unless the bucket's CORS configuration allows it.
    /// </summary>
    public static void CheckOrigin(HttpRequest request, IReadOnlyList<CorsRule>? rules)
    {
        var origin = request.Headers.Origin.ToString();
        if (origin.Length > 0
            ? IsTrustedOrigin(origin, request) || CorsResponse.Allows(rules, origin, request.Method)
            : !IsCrossSite(request))
            return;
        var page = origin.Length > 0 ? $"the origin '{origin}'" : "another site";
        throw CorsResponse.CreateForbidden(
            $"LocalS3 refuses requests from pages of {page}. To allow them, add the origin to the bucket's CORS configuration " +
            "(PutBucketCors), or to LocalS3Options.AllowedOrigins before the bucket is created.", request.Method);
    }

    /// <summary>Indicates whether an origin is a page on this machine or a page that this server sent.</summary>
    private static bool IsTrustedOrigin(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var page) && page.Scheme is "http" or "https"
        // A parser drops some text, such as that after "[::1]" or before "@", which is not part of an origin.
        && page.GetLeftPart(UriPartial.Authority).Equals(origin, StringComparison.OrdinalIgnoreCase)
        && (IsLoopbackHost(page.Host) || origin.Equals($"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase));

    private static bool IsLoopbackHost(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    // Browsers send no Origin with a plain GET. "localhost" and "127.0.0.1" are two sites, so images and links between them must work.
    private static bool IsCrossSite(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"] == "cross-site"
        && !((HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            && (request.Headers["Sec-Fetch-Mode"] == "navigate"
                || EmbeddableDestinations.Contains(request.Headers["Sec-Fetch-Dest"].ToString())));
}
