using Amazon.S3;
using Amazon.SQS;
using DirectUpload.Benchmarks.Grants;
using DirectUpload.Benchmarks.Processes;
using DirectUpload.Benchmarks.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Benchmarks.ScaleOut;

/// <summary>One of several hosts of an application: endpoints, a worker, and a receiver of the events of storage.</summary>
internal static class ScaleHost
{
    public const string Role = "scale-host";
    public const string Profile = "note";
    public const string ContentType = "text/plain";

    public static async Task ServeAsync(Uri storage, string store, Uri sqs, string queueUrl)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<IAmazonS3>(StorageProcess.CreateClient(storage));
        builder.Services.AddSingleton<IAmazonSQS>(EventQueue.CreateClient(sqs));
        StoreChoice.Use(
            builder.Services.AddDirectUploads(static options =>
            {
                options.Bucket = StorageProcess.Bucket;
                options.AddProfile(Profile, static profile => profile.ContentTypes.Add(ContentType));
            }), store).AddWorker().AddSqsEvents(queueUrl);
        await using var app = builder.Build();
        // Many users, so that their quotas are counted and never full.
        app.MapDirectUploads("/uploads", static options => options.OwnerResolver = static _ => BenchmarkApplication.NextUser())
            .AllowAnonymous();
        await app.StartAsync();
        await ChildProcess.ServeAsync(new Uri(app.Urls.First()));
    }
}
