using System.Text.RegularExpressions;
using DirectUpload.Browser.Tests.Client;
using DirectUpload.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Browser.Tests;

/// <summary>An application and a page of another origin, with a bucket whose CORS rules are those of the documentation.</summary>
internal sealed partial class ScriptHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly WebApplication _otherOrigin;

    private ScriptHost(WebApplication app, WebApplication otherOrigin) => (_app, _otherOrigin) = (app, otherOrigin);

    public string Address => _app.Urls.First();

    public string OtherOrigin => _otherOrigin.Urls.First();

    /// <summary>Gets the script of the section "Content by script" of docs/http-api.md.</summary>
    public static string ContentScript { get; } =
        ScriptBlock().Match(ReadDocument("http-api.md").Split("## Content by script")[1]).Groups[1].Value;

    public static async Task<ScriptHost> StartAsync(S3ServerFixture server)
    {
        var bucket = await server.CreateBucketAsync([]);
        var otherOrigin = CreateBuilder().Build();
        otherOrigin.MapGet("/", () => Results.Content("<!doctype html>", "text/html"));
        await otherOrigin.StartAsync();
        var builder = CreateBuilder();
        builder.Services.AddSingleton<Amazon.S3.IAmazonS3>(server.S3);
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddCors(cors => cors.AddDefaultPolicy(
            policy => policy.WithOrigins(otherOrigin.Urls.First()).AllowAnyHeader().AllowAnyMethod()));
        builder.Services.AddDirectUploads(options =>
        {
            options.Bucket = bucket;
            options.AddProfile("any", profile => profile.ContentTypes.Add("*/*"));
        }).UseInMemoryStore();
        var app = builder.Build();
        app.UseCors();
        app.MapGet("/", () => Results.Content("<!doctype html>", "text/html"));
        app.MapDirectUploads("/uploads").AllowAnonymous();
        await app.StartAsync();
        await server.S3.PutCORSConfigurationAsync(bucket, DocumentedCors.Read(app.Urls.First(), otherOrigin.Urls.First()));
        return new ScriptHost(app, otherOrigin);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _otherOrigin.DisposeAsync();
    }

    private static WebApplicationBuilder CreateBuilder()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        return builder;
    }

    private static string ReadDocument(string name) => File.ReadAllText(Path.Combine(SampleProcess.RepositoryFolder, "docs", name));

    [GeneratedRegex("```js\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex ScriptBlock();
}
