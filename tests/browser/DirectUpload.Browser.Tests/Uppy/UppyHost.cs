using DirectUpload.Records;
using DirectUpload.TestKit;
using DirectUpload.Uploads;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Browser.Tests.Uppy;

/// <summary>An application with a page of Uppy's, on some S3.</summary>
internal sealed class UppyHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private UppyHost(WebApplication app) => _app = app;

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public IUploadRecordStore Store => _app.Services.GetRequiredService<IUploadRecordStore>();

    public static async Task<UppyHost> StartAsync(S3ServerFixture server, UppyEngine uppy)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<Amazon.S3.IAmazonS3>(server.S3);
        builder.Services.AddDirectUploads(options =>
        {
            options.Bucket = server.Bucket;
            options.AddProfile("uppy", profile =>
            {
                profile.ContentTypes.Add("*/*");
                profile.Method = UploadMethod.Post;
                profile.MaxSize = 100_000_000;
            });
        }).UseInMemoryStore();

        var app = builder.Build();
        app.MapUppyUploads("/uppy", "uppy").AllowAnonymous();
        app.MapGet("/", () => Results.File(Path.Combine(AppContext.BaseDirectory, "Uppy", "uppy-page.html"), "text/html"));
        app.MapGet("/uppy.js", () => Results.File(uppy.Script, "text/javascript"));
        await app.StartAsync();
        return new UppyHost(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
