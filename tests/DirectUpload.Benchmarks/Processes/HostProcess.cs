using Amazon.S3;
using Amazon.S3.Model;
using DirectUpload.Benchmarks.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Benchmarks.Processes;

/// <summary>An application in a process of its own that takes uploads both ways: by grant, and carrying the bytes itself.</summary>
internal static class HostProcess
{
    public const string Role = "host";
    public const string Profile = "file";
    public const string InPlaceProfile = "in-place";
    public const string ContentType = "application/octet-stream";

    public static async Task ServeAsync(Uri storage)
    {
        using var traffic = new SocketTrafficListener();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(static server => server.Limits.MaxRequestBodySize = null);
        builder.Services.Configure<FormOptions>(static form => form.MultipartBodyLengthLimit = long.MaxValue);
        builder.Services.AddSingleton<IAmazonS3>(StorageProcess.CreateClient(storage));
        builder.Services.AddDirectUploads(o =>
        {
            o.Bucket = StorageProcess.Bucket;
            o.AddProfile(Profile, profile =>
            {
                profile.ContentTypes.Add("*/*");
                // Large files in one PUT, too: what the application does is the same.
                (profile.MaxSize, profile.MultipartThreshold) = (1L << 30, 1L << 30);
            });
            // What is measured there is the way to storage, not the copy that promoting makes within it.
            o.AddProfile(InPlaceProfile, profile =>
            {
                profile.ContentTypes.Add("*/*");
                (profile.MaxSize, profile.MultipartThreshold, profile.FinalizeInPlace) = (1L << 30, 1L << 30, true);
            });
        }).UseInMemoryStore();

        await using var app = builder.Build();
        // Many users, so that their quotas are counted and never full.
        app.MapDirectUploads("/uploads", static options => options.OwnerResolver = static _ => BenchmarkApplication.NextUser())
            .AllowAnonymous();
        app.MapPut("/proxied/{name}", PutAsync);
        app.MapPost("/form", FormFileEndpoint.PostAsync).DisableAntiforgery();
        app.MapGet("/traffic", () => traffic.ReadAsync());
        await app.StartAsync();
        await ChildProcess.ServeAsync(new Uri(app.Urls.First()));
    }

    // As an application does it that means well: nothing is kept, in memory or on disk. Over plain http the SDK insists on hashing the
    // body; over https encryption takes the place of that.
    private static async Task<IResult> PutAsync(string name, HttpContext context, IAmazonS3 s3)
    {
        var request = new PutObjectRequest
        {
            BucketName = StorageProcess.Bucket,
            Key = $"proxied/{name}",
            ContentType = context.Request.ContentType,
            InputStream = context.Request.Body,
            AutoCloseStream = false,
            AutoResetStreamPosition = false,
        };
        request.Headers.ContentLength = context.Request.ContentLength!.Value;
        await s3.PutObjectAsync(request, context.RequestAborted);
        return Results.NoContent();
    }
}
