using DirectUpload.Signing;
using DirectUpload.Storage;

namespace DirectUpload;

/// <summary>Asks storage as clients do: by a form, and by a browser's preflight.</summary>
internal sealed class ClientProbe(string bucketName, IServerCapabilities server, IPresignedUploadIssuer issuer, HttpClient http)
{
    private static readonly byte[] Content = "This object shows that forms work here; it may be deleted."u8.ToArray();

    /// <summary>Whether storage accepts a POST policy; null when the answer does not show it.</summary>
    public async Task<bool?> TakesFormsAsync(string key, IUploadBucket bucket, CancellationToken cancellationToken)
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
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        if (!answer.IsSuccessStatusCode)
            return server.LacksForms(answer.StatusCode) ? false : null;
        await bucket.DeleteAsync(key, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Whether the bucket's CORS rules admit a method from an origin; null when storage did not answer as a server with CORS does.</summary>
    public async Task<bool?> AdmitsAsync(string origin, string method, string key, CancellationToken cancellationToken)
    {
        var signed = await issuer.PresignAsync(
            new PutUrlRequest { Bucket = bucketName, Key = key, ContentType = "text/plain", ContentLength = 1, Lifetime = TimeSpan.FromMinutes(1) }, cancellationToken).ConfigureAwait(false);
        var address = new Uri(new Uri(signed.Url).GetLeftPart(UriPartial.Path));
        using var request = new HttpRequestMessage(HttpMethod.Options, address);
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", method);
        request.Headers.Add("Access-Control-Request-Headers", "content-type");
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        if (server.IsUnavailable(answer.StatusCode))
            return null;
        return answer.IsSuccessStatusCode && Has(answer, "Access-Control-Allow-Origin", origin) && Has(answer, "Access-Control-Allow-Methods", method);
    }

    private static bool Has(HttpResponseMessage answer, string header, string value) =>
        answer.Headers.TryGetValues(header, out var values)
        && values.SelectMany(line => line.Split(',', StringSplitOptions.TrimEntries)).Any(one => one == "*" || one.Equals(value, StringComparison.OrdinalIgnoreCase));
}
