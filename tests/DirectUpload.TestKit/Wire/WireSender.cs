namespace DirectUpload.TestKit;

/// <summary>Puts a <see cref="WireRequest"/> on the wire as it stands: no normalising, nothing added.</summary>
public static class WireSender
{
    public static async Task<WireAnswer> SendAsync(this S3ServerFixture server, WireRequest request)
    {
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), Uri((request.Host is null ? server.Endpoint : "http://" + request.Host) + request.Target));
        // DELETE too: without a Content-Length, Swift waits a minute for a body when an older version of the object takes the deleted one's place.
        if (!request.Body.IsEmpty || request.Method is "PUT" or "POST" or "DELETE") message.Content = new ReadOnlyMemoryContent(request.Body);
        foreach (var (name, value) in request.Headers)
        {
            if (name == "content-length") continue; // HttpClient sends the body's own
            if (!message.Headers.TryAddWithoutValidation(name, value))
                (message.Content ??= new ByteArrayContent([])).Headers.TryAddWithoutValidation(name, value);
        }
        using var response = await server.Http.SendAsync(message);
        // unparsed: the framework would put the directives of Cache-Control into an order of its own
        var headers = response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated);
        return new WireAnswer(
            response.StatusCode,
            headers.ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value.ToString()),
            await response.Content.ReadAsByteArrayAsync());
    }

    // A key may hold "..", "//" and %2F: the framework's canonical form of it is another key.
    private static Uri Uri(string text) => new(text, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

}
