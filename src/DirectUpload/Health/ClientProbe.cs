using DirectUpload.Presigning;
using DirectUpload.Storage;

namespace DirectUpload.Health;

/// <summary>Sends storage the requests of a client: a POST form, and a browser's CORS preflight request.</summary>
internal sealed class ClientProbe(string bucketName, IServerCapabilities server, IPresignedUploadIssuer issuer, HttpClient http)
{
    private static readonly byte[] Content = "This object shows that forms work here; it may be deleted."u8.ToArray();

    /// <summary>Checks whether storage accepts a POST policy; returns null when the response does not show it.</summary>
    public async Task<bool?> AcceptsFormsAsync(string key, IUploadBucket bucket, CancellationToken cancellationToken)
    {
        var post = await issuer.PresignPostAsync(
            new PostPolicyRequest
            {
                Bucket = bucketName,
                Key = key,
                MinLength = Content.Length,
                MaxLength = Content.Length,
                ContentType = "text/plain",
                SuccessStatus = 204,
                Lifetime = TimeSpan.FromMinutes(1),
            },
            cancellationToken).ConfigureAwait(false);
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in post.Fields)
            form.Add(new StringContent(value), $"\"{name}\"");
        form.Add(new ByteArrayContent(Content), "\"file\"", "\"probe.txt\"");
        using var request = new HttpRequestMessage(HttpMethod.Post, post.Url) { Content = form };
        using var response = await http.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
            return server.IndicatesFormsUnsupported(response.StatusCode) ? false : null;
        await bucket.DeleteAsync(key, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Checks whether the bucket's CORS rules allow a method from an origin; returns null when storage is unavailable.</summary>
    public async Task<bool?> AllowsOriginAsync(string origin, string method, string key, CancellationToken cancellationToken)
    {
        var signed = await issuer.PresignAsync(
            new PutUrlRequest
            {
                Bucket = bucketName,
                Key = key,
                ContentType = "text/plain",
                ContentLength = 1,
                Lifetime = TimeSpan.FromMinutes(1),
            }, cancellationToken).ConfigureAwait(false);
        var address = new Uri(new Uri(signed.Url).GetLeftPart(UriPartial.Path));
        using var request = new HttpRequestMessage(HttpMethod.Options, address);
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", method);
        request.Headers.Add("Access-Control-Request-Headers", "content-type");
        using var response = await http.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        if (server.IsUnavailable(response.StatusCode))
            return null;
        return response.IsSuccessStatusCode && HasHeaderValue(response, "Access-Control-Allow-Origin", origin)
            && HasHeaderValue(response, "Access-Control-Allow-Methods", method);
    }

    private static bool HasHeaderValue(HttpResponseMessage response, string header, string value) =>
        response.Headers.TryGetValues(header, out var values)
        && values.SelectMany(line => line.Split(',', StringSplitOptions.TrimEntries))
            .Any(one => one == "*" || one.Equals(value, StringComparison.OrdinalIgnoreCase));
}
