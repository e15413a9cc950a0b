using Amazon.S3;
using Amazon.S3.Model;
using DirectUpload.Processing;
using DirectUpload.Uploads;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Benchmarks.Processes;

/// <summary>Small uploads that have arrived and were verified, and are due to be finalised.</summary>
internal static class ArrivedUploads
{
    private const string Profile = "note";
    private const string ContentType = "text/plain";
    private const string Content = "A note of the length that notes have, more or less; what matters is that there are many of them.\n";

    /// <summary>An application whose worker does so many at once; records are in memory.</summary>
    public static ServiceProvider Services(IAmazonS3 s3, string bucket, int parallelism)
    {
        var services = new ServiceCollection();
        services.AddSingleton(s3);
        services.AddDirectUploads(options =>
        {
            options.Bucket = bucket;
            options.MaxRequestsPerMinute = null;
            options.AddProfile(Profile, profile =>
            {
                profile.ContentTypes.Add(ContentType);
                profile.MaxSize = 1000;
            });
        }).UseInMemoryStore();
        services.Configure<UploadWorkerOptions>(options => options.Parallelism = parallelism);
        return services.BuildServiceProvider();
    }

    /// <summary>Requests them, puts their objects, and returns their records as they are then; a store can be given them any number of times.</summary>
    public static async Task<IReadOnlyList<UploadRecord>> MakeAsync(AmazonS3Client s3, string bucket, int count)
    {
        await using var services = Services(s3, bucket, parallelism: 1);
        var uploads = services.GetRequiredService<DirectUploadService>();
        var arrived = new List<UploadRecord>(count);
        for (var number = 0; number < count; number++)
        {
            var request = new UploadRequest { Profile = Profile, FileName = $"note {number}.txt", ContentType = ContentType, Size = Content.Length };
            var result = await uploads.RequestAsync(request, new UploadCaller { Owner = $"user-{number % 100}" });
            var record = result.Value?.Record ?? throw new InvalidOperationException($"The request is refused: {result.Error?.Detail}");
            var put = await s3.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = record.StagingKey, ContentType = ContentType, ContentBody = Content });
            var now = DateTimeOffset.UtcNow;
            // With hours to spare, so that nothing is purged while we measure.
            arrived.Add(record.MovedTo(UploadStatus.Uploaded, now) with { Size = Content.Length, ETag = put.ETag, DueAt = now, GrantExpiresAt = now.AddHours(6) });
        }

        return arrived;
    }
}
