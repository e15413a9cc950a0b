using System.Net;

namespace DirectUpload.Client.Api;

/// <summary>Decides which redirects of the application the client follows.</summary>
/// <remarks>
/// Each request carries credentials (the upload's token and the caller's authorization). The client therefore follows no redirect to
/// another origin, whose operator could use them.
/// </remarks>
internal static class RedirectPolicy
{
    /// <summary>The maximum number of redirects in a row.</summary>
    public const int MaxRedirects = 5;

    /// <summary>Finds the next address of a redirected request.</summary>
    /// <returns>The address to send the same request to, or null if the response is not a redirect.</returns>
    /// <exception cref="DirectUploadException">The response redirects to another origin, or to another HTTP method.</exception>
    public static Uri? GetNext(HttpResponseMessage response, HttpMethod method, Uri asked)
    {
        if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308) || response.Headers.Location is not { } location)
            return null;
        var next = new Uri(asked, location);
        if (!IsSameOrigin(asked, next))
            throw CreateException($"responded with {(int)response.StatusCode} and redirects", asked, next);
        var repeats = response.StatusCode is HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
            || (method == HttpMethod.Get && response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found);
        return repeats ? next : null;
    }

    /// <summary>Refuses the response of a handler that has followed a redirect to another origin by itself.</summary>
    public static void CheckResponse(HttpResponseMessage response, Uri asked)
    {
        if (response.RequestMessage?.RequestUri is { IsAbsoluteUri: true } answered && !IsSameOrigin(asked, answered))
        {
            throw CreateException(
                "was redirected by an HTTP handler that follows redirects itself (set its AllowAutoRedirect to false)", asked, answered);
        }
    }

    // A redirect from http to https on the default ports leads to the same server, with better protection.
    private static bool IsSameOrigin(Uri asked, Uri next) =>
        next.Scheme is "http" or "https" && next.UserInfo.Length == 0
        && asked.IdnHost.Equals(next.IdnHost, StringComparison.OrdinalIgnoreCase)
        && ((asked.Scheme == next.Scheme && asked.Port == next.Port)
            || (asked is { Scheme: "http", IsDefaultPort: true } && next is { Scheme: "https", IsDefaultPort: true }));

    private static DirectUploadException CreateException(string what, Uri asked, Uri next) => new(
        FileUploadErrorCodes.Redirected,
        $"The application at {GetOrigin(asked)} {what} to {GetOrigin(next)}. The client's requests carry credentials and never follow a "
        + "redirect to another origin. "
        + "Set ServerAddress to the final address.");

    private static string GetOrigin(Uri address) => address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
}
