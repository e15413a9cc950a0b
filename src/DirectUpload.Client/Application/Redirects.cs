using System.Net;

namespace DirectUpload.Client.Application;

/// <summary>
/// Decides which redirects of the application are followed. Each request carries credentials (the upload's token, and whatever authorizes the caller), so none goes to another
/// origin, whose operator could use them.
/// </summary>
internal static class Redirects
{
    /// <summary>How many redirects in a row are followed.</summary>
    public const int Most = 5;

    /// <returns>Where to send the same request once more; null when the answer is no redirect.</returns>
    /// <exception cref="DirectUploadException">The answer leads to another origin, or to another kind of request.</exception>
    public static Uri? Next(HttpResponseMessage answer, HttpMethod method, Uri asked)
    {
        if ((int)answer.StatusCode is not (301 or 302 or 303 or 307 or 308) || answer.Headers.Location is not { } location)
            return null;
        var next = new Uri(asked, location);
        if (!IsSameOrigin(asked, next))
            throw Refused($"answered {(int)answer.StatusCode} and leads", asked, next);
        var repeats = answer.StatusCode is HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
            || (method == HttpMethod.Get && answer.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found);
        return repeats ? next : null;
    }

    /// <summary>Refuses the answer of a handler that has followed a redirect to another origin by itself.</summary>
    public static void CheckAnswer(HttpResponseMessage answer, Uri asked)
    {
        if (answer.RequestMessage?.RequestUri is { IsAbsoluteUri: true } answered && !IsSameOrigin(asked, answered))
        {
            throw Refused("was redirected, by an HTTP handler that follows redirects by itself (set its AllowAutoRedirect to false),", asked, answered);
        }
    }

    // From http to https on the default ports is the same server, better protected.
    private static bool IsSameOrigin(Uri asked, Uri next) =>
        next.Scheme is "http" or "https" && next.UserInfo.Length == 0 && asked.IdnHost.Equals(next.IdnHost, StringComparison.OrdinalIgnoreCase)
        && ((asked.Scheme == next.Scheme && asked.Port == next.Port) || (asked is { Scheme: "http", IsDefaultPort: true } && next is { Scheme: "https", IsDefaultPort: true }));

    private static DirectUploadException Refused(string what, Uri asked, Uri next) => new(
        UploadErrorCodes.Redirected,
        $"The application at {Origin(asked)} {what} to {Origin(next)}. The client's requests carry credentials and never follow to another origin. "
        + "Set ServerAddress to the address that answers itself.");

    private static string Origin(Uri address) => address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
}
