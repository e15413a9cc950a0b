using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DirectUpload.AspNetCore.Tests.Hosting;

/// <summary>A client of the HTTP API, written from the contract alone.</summary>
public sealed class UploadClient(HttpClient http, string prefix)
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Headers that every call carries, such as who is signed in.</summary>
    public Dictionary<string, string> Headers { get; init; } = [];

    public UploadClient As(string user) => new(http, prefix) { Headers = { ["Test-User"] = user } };

    public Task<ApiResponse> RequestAsync(TestUploadRequest wanted) => RequestAsync(JsonSerializer.Serialize(wanted, Web));

    public Task<ApiResponse> RequestAsync(string json, string contentType = "application/json") =>
        RequestAsync(Encoding.UTF8.GetBytes(json), contentType);

    public Task<ApiResponse> RequestAsync(byte[] body, string? contentType)
    {
        var content = new ByteArrayContent(body);
        if (contentType is not null)
            content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return SendAsync(HttpMethod.Post, "", null, content);
    }

    public async Task<Grant> GrantAsync(TestUploadRequest? wanted = null) =>
        Grant.FromResponse(await RequestAsync(wanted ?? TestUploadRequest.Picture));

    public Task<ApiResponse> ConfirmAsync(Grant grant) => ConfirmAsync(grant.Id, grant.WriteToken);

    public Task<ApiResponse> ConfirmAsync(string id, string? token) => SendAsync(HttpMethod.Post, $"/{id}/confirm", token);

    public Task<ApiResponse> StatusAsync(Grant grant) => StatusAsync(grant.Id, grant.ReadToken);

    public Task<ApiResponse> StatusAsync(string id, string? token) => SendAsync(HttpMethod.Get, $"/{id}", token);

    public Task<ApiResponse> ContentAsync(Grant grant) => ContentAsync(grant.Id, grant.ReadToken);

    public Task<ApiResponse> ContentAsync(string id, string? token) => SendAsync(HttpMethod.Get, $"/{id}/content", token);

    public Task<ApiResponse> DeleteAsync(Grant grant) => DeleteAsync(grant.Id, grant.WriteToken);

    public Task<ApiResponse> DeleteAsync(string id, string? token) => SendAsync(HttpMethod.Delete, $"/{id}", token);

    public async Task<ApiResponse> SendAsync(HttpMethod method, string path, string? token = null, HttpContent? content = null)
    {
        using var message = new HttpRequestMessage(method, prefix + path) { Content = content };
        if (token is not null)
            message.Headers.TryAddWithoutValidation("Upload-Token", token);
        foreach (var (name, value) in Headers)
            message.Headers.TryAddWithoutValidation(name, value);
        using var response = await http.SendAsync(message);
        return await ApiResponse.FromAsync(response);
    }
}
