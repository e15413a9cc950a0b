using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace DirectUpload.Samples.Tests;

/// <summary>samples/MinimalApi.Jwt, with its database and its storage in a folder of its own.</summary>
public sealed class MinimalApiJwtFactory : WebApplicationFactory<Program>
{
    private readonly string _data = Directory.CreateTempSubdirectory("minimal-api-").FullName;
    private readonly string _s3 = $"http://127.0.0.1:{Loopback.GetFreePort()}";

    /// <summary>Gets or sets the environment in which the sample starts.</summary>
    public string Environment { get; init; } = "Development";

    /// <summary>Gets settings in addition to those of the sample.</summary>
    public Dictionary<string, string> Settings { get; } = [];

    /// <summary>Creates a client with a token of the local issuer.</summary>
    public async Task<HttpClient> SignInAsync(string subject, string scope = "uploads:write")
    {
        using var anonymous = CreateClient();
        var answer = await anonymous.PostAsJsonAsync("/token", new { subject, scope });
        answer.EnsureSuccessStatusCode();
        var token = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return CreateClient(token.GetProperty("accessToken").GetString()!);
    }

    public HttpClient CreateClient(string token)
    {
        var client = CreateDefaultClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(Environment);
        builder.UseSetting("ConnectionStrings:Database", $"Data Source={Path.Combine(_data, "app.db")};Pooling=False");
        builder.UseSetting("DirectUploads:LocalS3:Url", _s3);
        builder.UseSetting("DirectUploads:LocalS3:DataDirectory", Path.Combine(_data, "s3"));
        foreach (var (name, value) in Settings)
            builder.UseSetting(name, value);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_data, recursive: true);
        GC.SuppressFinalize(this);
    }
}
