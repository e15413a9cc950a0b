using System.Net;
using DirectUpload.LocalS3.Protocol;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.LocalS3.Cors;

/// <summary>
/// Keeps pages of foreign sites out. Everybody knows LocalS3's default key, so that a signature does not tell a developer's own page from any other page that is open in the
/// same browser; what the browser itself says of the page does. Programs that are no browsers send none of these headers and are not affected.
/// </summary>
internal static class BrowserGuard
{
    // What a page can show without being able to read it, such as a presigned image.
    private static readonly string[] Shown = ["image", "audio", "video", "track", "document", "iframe", "frame"];

    /// <summary>Refuses a host name that a foreign page may have pointed at this machine (DNS rebinding).</summary>
    public static void CheckHost(HttpRequest request, VirtualHosts virtualHosts)
    {
        var host = request.Host.Host;
        if (host.Length == 0 || IsThisMachine(host) || IPAddress.TryParse(host, out _) || virtualHosts.Knows(host))
            return;
        throw new S3Exception(403, "AccessDenied",
            $"LocalS3 is not known as '{host}'. If this is one of its names, add it to LocalS3Options.VirtualHostSuffixes.");
    }

    /// <summary>Refuses what a page of a foreign origin sends, signed or not, unless the bucket's CORS configuration allows it.</summary>
    public static void CheckOrigin(HttpRequest request, IReadOnlyList<CorsRule>? rules)
    {
        var origin = request.Headers.Origin.ToString();
        if (origin.Length > 0 ? IsOwn(origin, request) || CorsAnswer.Allows(rules, origin, request.Method) : !IsCrossSite(request))
            return;
        var page = origin.Length > 0 ? $"the origin '{origin}'" : "another site";
        throw CorsAnswer.Forbidden(
            $"LocalS3 refuses requests by pages of {page}. To allow them, add the origin to the bucket's CORS configuration (PutBucketCors), or to " +
            "LocalS3Options.AllowedOrigins before the bucket is created.", request.Method);
    }

    /// <summary>Whether an origin is a page on this machine, or one that this server has sent.</summary>
    private static bool IsOwn(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var page) && page.Scheme is "http" or "https"
        // What a parser leaves out, such as what follows "[::1]" or precedes "@", is no part of an origin.
        && page.GetLeftPart(UriPartial.Authority).Equals(origin, StringComparison.OrdinalIgnoreCase)
        && (IsThisMachine(page.Host) || origin.Equals($"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase));

    private static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    // Browsers send no Origin with a plain GET. "localhost" and "127.0.0.1" are two sites, so pictures and links between them must work.
    private static bool IsCrossSite(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"] == "cross-site"
        && !((HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            && (request.Headers["Sec-Fetch-Mode"] == "navigate" || Shown.Contains(request.Headers["Sec-Fetch-Dest"].ToString())));
}
