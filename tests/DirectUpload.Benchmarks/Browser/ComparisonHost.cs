using Amazon.S3;
using DirectUpload.Benchmarks.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Benchmarks.Browser;

/// <summary>An application with a page for both clients. Both wait until the application has confirmed the upload.</summary>
internal static class ComparisonHost
{
    private const string Profile = "file";
    private const long PartSize = 8 << 20;

    public static async Task<WebApplication> StartAsync(IAmazonS3 s3, Uri publicEndpoint)
    {
        var uppy = Environment.GetEnvironmentVariable("DIRECTUPLOAD_UPPY6")
            ?? throw new InvalidOperationException("Set DIRECTUPLOAD_UPPY6 to Uppy 6 as one script: tests/engines/up builds it.");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(s3);
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddDirectUploads(options =>
        {
            (options.Bucket, options.PublicEndpoint) = (StorageProcess.Bucket, publicEndpoint);
            options.AddProfile(Profile, profile =>
            {
                profile.ContentTypes.Add("*/*");
                (profile.MaxSize, profile.PartSize) = (4L << 30, PartSize);
            });
        }).UseInMemoryStore();
        var app = builder.Build();
        app.MapGet("/", () => ServeFile("compare.html", "text/html"));
        app.MapGet("/compare.js", () => ServeFile("compare.js", "text/javascript"));
        app.MapGet("/uppy.js", () => Results.File(uppy, "text/javascript"));
        app.MapGet("/client/{name}", (string name) => ServeFile(Path.Combine("client", Path.GetFileName(name)), "text/javascript"));
        app.MapDirectUploads("/uploads", static options => options.OwnerResolver = static _ => "ada").AllowAnonymous();
        app.MapUppyUploads("/uppy", Profile, static options => options.OwnerResolver = static _ => "ada").AllowAnonymous();
        await app.StartAsync();
        return app;
    }

    private static IResult ServeFile(string name, string type) =>
        Results.File(Path.Combine(AppContext.BaseDirectory, "Browser", name), type);
}
