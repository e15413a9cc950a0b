using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using DirectUpload.LocalS3;

namespace DirectUpload.Benchmarks.Processes;

/// <summary>LocalS3 in a process of its own.</summary>
internal static class StorageProcess
{
    public const string Role = "storage";
    public const string Bucket = "uploads";

    public const string Region = "us-east-1";
    public const string AccessKey = "BENCHMARKACCESSKEY";
    public const string SecretKey = "benchmark-secret-key";

    public static async Task ServeAsync(string folder)
    {
        await using var server = await LocalS3Server.StartAsync(new LocalS3Options
        {
            Url = "http://127.0.0.1:0",
            DataDirectory = folder,
            Region = Region,
            AccessKey = AccessKey,
            SecretKey = SecretKey,
            Buckets = [Bucket],
        });
        await ChildProcess.ServeAsync(server.Endpoint);
    }

    /// <summary>Deletes all objects: the gigabytes of one round are in the way of the next.</summary>
    public static async Task EmptyAsync(AmazonS3Client client, string bucket = Bucket)
    {
        while ((await client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket })).S3Objects is { Count: > 0 } objects)
        {
            await client.DeleteObjectsAsync(new DeleteObjectsRequest
            {
                BucketName = bucket,
                Objects = [.. objects.Select(item => new KeyVersion { Key = item.Key })],
            });
        }
    }

    public static AmazonS3Client CreateClient(
        Uri address, string accessKey = AccessKey, string secretKey = SecretKey, string region = Region,
        HttpClientFactory? httpClients = null) => new(
        new BasicAWSCredentials(accessKey, secretKey),
        new AmazonS3Config
        {
            ServiceURL = address.AbsoluteUri,
            ForcePathStyle = true,
            AuthenticationRegion = region,
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            HttpClientFactory = httpClients,
        });
}
