namespace DirectUpload.TestKit;

/// <summary>Sends a <see cref="WireRequest"/> unchanged, without normalization or additional headers.</summary>
public static class WireSender
{
    public static async Task<WireResponse> SendAsync(this S3ServerFixture server, WireRequest request)
    {
        using var message = new HttpRequestMessage(
            new HttpMethod(request.Method),
            CreateUri((request.Host is null ? server.Endpoint : "http://" + request.Host) + request.Target));
        // DELETE too: without Content-Length, Swift waits a minute for a body if an older version replaces the deleted object.
        if (!request.Body.IsEmpty || request.Method is "PUT" or "POST" or "DELETE")
            message.Content = new ReadOnlyMemoryContent(request.Body);
        foreach (var (name, value) in request.Headers)
        {
            if (name == "content-length") continue; // HttpClient sends the length of the body
            if (!message.Headers.TryAddWithoutValidation(name, value))
                (message.Content ??= new ByteArrayContent([])).Headers.TryAddWithoutValidation(name, value);
        }
        using var response = await server.Http.SendAsync(message);
        // Without parsing: HttpClient would reorder the directives of Cache-Control.
        var headers = response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated);
        return new WireResponse(
            response.StatusCode,
            headers.ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value.ToString()),
            await response.Content.ReadAsByteArrayAsync());
    }

    // A key may contain "..", "//" and %2F; the canonical form of Uri would be another key.
    private static Uri CreateUri(string text) => new(text, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

}
