using Amazon.S3;
using Amazon.S3.Model;
using DirectUpload.Stores;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Benchmarks.Processes;

/// <summary>Small uploads that have arrived and were verified, and are due to be finalised.</summary>
internal static class VerifiedUploads
{
    private const string Profile = "note";
    private const string ContentType = "text/plain";
    private const string Content = "A note of the length that notes have, more or less; what matters is that there are many of them.\n";

    /// <summary>An application whose worker does so many at once; records are in memory.</summary>
    public static ServiceProvider CreateServices(IAmazonS3 s3, string bucket, int parallelism)
    {
        var services = new ServiceCollection();
        services.AddSingleton(s3);
        services.AddDirectUploads(options =>
        {
            options.Bucket = bucket;
            options.MaxRequestsPerMinutePerOwner = null;
            options.AddProfile(Profile, profile =>
            {
                profile.ContentTypes.Add(ContentType);
                profile.MaxSize = 1000;
            });
        }).UseInMemoryStore();
        services.Configure<UploadWorkerOptions>(options => options.Parallelism = parallelism);
        return services.BuildServiceProvider();
    }

    /// <summary>
    /// Requests them, puts their objects, and returns their records as they are then; a store can be given them any number of times.
    /// </summary>
    public static async Task<IReadOnlyList<UploadRecord>> CreateAsync(AmazonS3Client s3, string bucket, int count)
    {
        await using var services = CreateServices(s3, bucket, parallelism: 1);
        var uploads = services.GetRequiredService<IDirectUploadService>();
        var store = services.GetRequiredService<IUploadRecordStore>();
        var arrived = new List<UploadRecord>(count);
        for (var number = 0; number < count; number++)
        {
            var request =
                new UploadRequest { Profile = Profile, FileName = $"note {number}.txt", ContentType = ContentType, Size = Content.Length };
            var result = await uploads.RequestAsync(request, new UploadCaller { Owner = $"user-{number % 100}" });
            var upload = result.Value?.Upload ?? throw new InvalidOperationException($"The request is refused: {result.Error?.Message}");
            var put = await s3.PutObjectAsync(
                new PutObjectRequest { BucketName = bucket, Key = upload.StagingKey, ContentType = ContentType, ContentBody = Content });
            var now = DateTimeOffset.UtcNow;
            // With hours to spare, so that nothing is purged while we measure.
            arrived.Add((await store.FindAsync(upload.Id))!.TransitionTo(UploadStatus.Uploaded, now) with
            {
                Size = Content.Length,
                ETag = put.ETag,
                NextActionAt = now,
                GrantExpiresAt = now.AddHours(6),
            });
        }

        return arrived;
    }
}
