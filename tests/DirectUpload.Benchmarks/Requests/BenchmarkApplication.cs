using Amazon.S3;
using DirectUpload.Benchmarks.Presigning;
using DirectUpload.Stores;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Benchmarks.Requests;

/// <summary>An application with one profile and the in-memory store, and the upload that its many users request.</summary>
internal static class BenchmarkApplication
{
    public const string Profile = "avatar";
    public const string FileName = "portrait.png";
    public const string ContentType = "image/png";
    public const string ChecksumSha256 = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
    public const long Size = 123_456;

    private const int Users = 1024;

    private static readonly string[] UserNames = [.. Enumerable.Range(0, Users).Select(user => $"user-{user}")];

    private static int next;

    // By turns, so that no user's quota is ever full while it is counted all the same.
    public static string NextUser() => UserNames[(uint)Interlocked.Increment(ref next) % Users];

    public static void AddTo(IServiceCollection services) => services
        .AddSingleton<IAmazonS3>(Signers.AwsSdk)
        .AddDirectUploads(o =>
        {
            o.Bucket = Signers.Bucket;
            o.AddProfile(Profile, profile => profile.ContentTypes.Add("image/*"));
        })
        .UseInMemoryStore();

    /// <summary>Forgets all uploads, so that no iteration carries the records of those before it.</summary>
    public static async Task DeleteRecordsAsync(IServiceProvider services)
    {
        var store = services.GetRequiredService<IUploadRecordStore>();
        await foreach (var record in store.ListAllAsync())
            await store.DeleteAsync(record.Id);
    }
}
