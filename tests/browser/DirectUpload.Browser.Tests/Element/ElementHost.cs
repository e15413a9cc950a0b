using System.Reflection;
using Amazon.S3.Model;
using DirectUpload.Browser.Tests.Uppy;
using DirectUpload.Stores;
using DirectUpload.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Browser.Tests.Element;

/// <summary>An application that serves a form with the element, under a strict content security policy.</summary>
internal sealed class ElementHost : IAsyncDisposable
{
    /// <summary>What is not named is forbidden: inline scripts and styles, and every sink that Trusted Types guard.</summary>
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: http://127.0.0.1:*; " +
        "connect-src 'self' http://127.0.0.1:*; worker-src 'self'; require-trusted-types-for 'script'";

    private static readonly string Module = typeof(ElementHost).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(entry => entry.Key == "BrowserModuleFolder").Value!;

    private readonly WebApplication _app;

    private ElementHost(WebApplication app, StorageProxy storage) => (_app, Storage) = (app, storage);

    public string Address => _app.Urls.First();

    public StorageProxy Storage { get; }

    /// <summary>The content of the form. A post replaces it where <see cref="Redisplay"/> is set.</summary>
    public string Form { get; set; } = "";

    /// <summary>Creates the form's content after a post from the ids that were posted.</summary>
    public Func<string[], string>? Redisplay { get; set; }

    /// <summary>The values of each post, by name.</summary>
    public List<Dictionary<string, string[]>> Posts { get; } = [];

    /// <summary>What the processor of the profile "photo" waits for.</summary>
    public TaskCompletionSource PhotoGate => _app.Services.GetRequiredService<TwoSizesProcessor.Gate>().Opened;

    public IUploadRecordStore Store => _app.Services.GetRequiredService<IUploadRecordStore>();

    public static async Task<ElementHost> StartAsync(S3ServerFixture server)
    {
        var (storage, bucket) = (await StorageProxy.StartAsync(server), await server.CreateBucketAsync([]));
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<Amazon.S3.IAmazonS3>(server.S3);
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddDirectUploads(options =>
        {
            (options.Bucket, options.PublicEndpoint) = (bucket, storage.Address);
            options.AddProfile("any", profile => profile.ContentTypes.Add("*/*"));
            options.AddProfile("picture", profile =>
            {
                profile.ContentTypes.Add("image/png");
                profile.MaxSize = 1_000_000;
            });
            options.AddProfile("photo", profile =>
            {
                profile.ContentTypes.Add("image/png");
                profile.AddProcessor<TwoSizesProcessor>("two-sizes");
                profile.ClientProperties.Add("small.width");
                profile.ClientProperties.Add("large.width");
            });
        }).UseInMemoryStore().AddWorker();
        builder.Services.AddSingleton<TwoSizesProcessor.Gate>();
        var host = new ElementHost(builder.Build(), storage);
        host.Map();
        await host._app.StartAsync();
        await server.S3.PutCORSConfigurationAsync(bucket, new CORSConfiguration
        {
            Rules = [new()
            {
                AllowedOrigins = [host.Address],
                AllowedMethods = ["GET", "PUT", "POST"],
                AllowedHeaders = ["*"],
                ExposeHeaders = ["ETag"],
            }],
        });
        return host;
    }

    public async Task<IReadOnlyList<UploadRecord>> RecordsAsync() => await Store.ListAsync(UploadFilter.ForAll(), 100);

    public async ValueTask DisposeAsync()
    {
        await Storage.DisposeAsync();
        await _app.DisposeAsync();
    }

    private void Map()
    {
        _app.MapDirectUploads("/uploads").AllowAnonymous();
        _app.MapGet("/{file}.js", (string file) => Results.File(Path.Combine(Module, file + ".js"), "text/javascript"));
        _app.MapGet("/{file}.png", () => Results.Bytes(SampleFiles.Picture().Buffer, "image/png"));
        _app.MapGet("/page.css", () => Results.File(Path.Combine(AppContext.BaseDirectory, "Element", "page.css"), "text/css"));
        _app.MapGet("/", (HttpContext context) => Page(context));
        _app.MapPost("/", async (HttpContext context) =>
        {
            var form = await context.Request.ReadFormAsync();
            Posts.Add(form.ToDictionary(entry => entry.Key, entry => entry.Value.Select(value => value!).ToArray()));
            if (Redisplay is not null)
                Form = Redisplay(form["Id"].Select(id => id!).ToArray());
            return Page(context);
        });
    }

    private IResult Page(HttpContext context)
    {
        context.Response.Headers.ContentSecurityPolicy = Policy;
        var (direction, scheme) = (context.Request.Query["dir"], context.Request.Query["scheme"]);
        return Results.Content($"""
            <!doctype html>
            <html lang="en" dir="{(direction == "rtl" ? "rtl" : "ltr")}" class="{(scheme == "dark" ? "dark" : "light")}">
            <head><meta charset="utf-8"><title>A form</title><meta name="viewport" content="width=device-width">
            <link rel="stylesheet" href="/page.css"><script type="module" src="/direct-upload.js"></script></head>
            <body><main><h1>A form</h1>
            <form method="post" action="/" enctype="multipart/form-data">{Form}<button>Save</button></form></main></body>
            </html>
            """, "text/html");
    }
}
