namespace DirectUpload.AspNetCore.Tests.Hosting;

/// <summary>Sends bytes to storage exactly as a grant says, or, where a test wants it, not quite.</summary>
public sealed class StorageClient(HttpClient http)
{
    public Task<ApiResponse> UploadAsync(Grant grant, byte[] bytes) =>
        grant.Method == "PUT" ? PutAsync(grant.Url, grant.Headers, bytes) : PostAsync(grant.Url, grant.Fields, bytes);

    public async Task<ApiResponse> PutAsync(string url, Dictionary<string, string> headers, byte[] bytes)
    {
        using var message = new HttpRequestMessage(HttpMethod.Put, url) { Content = new ByteArrayContent(bytes) };
        foreach (var (name, value) in headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
                message.Content.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await http.SendAsync(message);
        return await ApiResponse.FromAsync(response);
    }

    public async Task<ApiResponse> PostAsync(string url, Dictionary<string, string> fields, byte[] bytes)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
        {
            // As browsers write it: the names in quotes, no type on a text.
            var field = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(value));
            form.Add(field, $"\"{name}\"");
        }

        form.Add(new ByteArrayContent(bytes), "\"file\"", "\"blob\"");
        using var response = await http.PostAsync(new Uri(url), form);
        return await ApiResponse.FromAsync(response);
    }

    public async Task<ApiResponse> GetAsync(string url)
    {
        using var response = await http.GetAsync(new Uri(url));
        return await ApiResponse.FromAsync(response);
    }
}
