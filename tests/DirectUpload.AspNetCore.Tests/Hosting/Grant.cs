using System.Text.Json;

namespace DirectUpload.AspNetCore.Tests.Hosting;

/// <summary>What a granted request answered, as a client holds it.</summary>
public sealed record Grant(string Id, string WriteToken, string ReadToken, string Method, string Url, JsonElement Upload)
{
    public static Grant FromResponse(ApiResponse answer)
    {
        answer.ShouldBe(201);
        var upload = answer.Json.GetProperty("upload");
        return new(
            answer["id"]!, answer["writeToken"]!, answer["readToken"]!, upload.GetProperty("method").GetString()!,
            upload.TryGetProperty("url", out var url) ? url.GetString()! : string.Empty, upload);
    }

    public Dictionary<string, string> Headers => Texts("headers");

    public Dictionary<string, string> Fields => Texts("fields");

    private Dictionary<string, string> Texts(string property) =>
        Upload.GetProperty(property).EnumerateObject().ToDictionary(item => item.Name, item => item.Value.GetString()!);
}
