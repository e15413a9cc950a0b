using Amazon.Runtime;
using Amazon.S3;
using DirectUpload.LocalS3;

namespace DirectUpload.Benchmarks.Processes;

/// <summary>LocalS3 in a process of its own.</summary>
internal static class Storage
{
    public const string Role = "storage";
    public const string Bucket = "uploads";

    private const string Region = "us-east-1";
    private const string AccessKey = "BENCHMARKACCESSKEY";
    private const string SecretKey = "benchmark-secret-key";

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
        await Child.ServeAsync(server.Endpoint);
    }

    public static AmazonS3Client Client(Uri address) => new(
        new BasicAWSCredentials(AccessKey, SecretKey),
        new AmazonS3Config
        {
            ServiceURL = address.AbsoluteUri,
            ForcePathStyle = true,
            AuthenticationRegion = Region,
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        });
}
