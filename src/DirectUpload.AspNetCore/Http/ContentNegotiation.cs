using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace DirectUpload.AspNetCore.Http;

/// <summary>Determines from the <c>Accept</c> header whether a script requests the URL of content instead of the content.</summary>
/// <remarks>Source: RFC 9110, 12.5.1. Wildcards do not count: browsers send them for images, links and every fetch.</remarks>
internal static class ContentNegotiation
{
    /// <summary>Returns whether the client names <c>application/json</c>, and prefers no other type that it names.</summary>
    public static bool PrefersJson(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted))
            return false;
        var quality = accepted.Where(IsJson).Select(GetQuality).DefaultIfEmpty(0).Max();
        return quality > 0 && accepted.All(type => IsJson(type) || type.MatchesAllSubTypes || GetQuality(type) <= quality);
    }

    private static bool IsJson(MediaTypeHeaderValue type) =>
        type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase);

    private static double GetQuality(MediaTypeHeaderValue type) => type.Quality ?? 1;
}
