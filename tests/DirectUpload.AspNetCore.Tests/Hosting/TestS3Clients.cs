using Amazon.Runtime;
using Amazon.S3;

namespace DirectUpload.AspNetCore.Tests.Hosting;

/// <summary>Clients that give up at once, for storage that is not there or does not behave.</summary>
internal static class TestS3Clients
{
    /// <summary>Nothing listens there.</summary>
    public static AmazonS3Client CreateUnreachable() => Create("http://127.0.0.1:9");

    public static AmazonS3Client Create(string endpoint, TimeSpan? timeout = null) => Create(
        new S3Access(endpoint, "AKIATESTTESTTESTTEST", "secret-for-tests", "us-east-1"), timeout);

    public static AmazonS3Client Create(S3Access access, TimeSpan? timeout = null) =>
        new(access.AccessKey, access.SecretKey, new AmazonS3Config
        {
            ServiceURL = access.Endpoint,
            AuthenticationRegion = access.Region,
            ForcePathStyle = true,
            UseHttp = true,
            MaxErrorRetry = 0,
            Timeout = timeout ?? TimeSpan.FromSeconds(20),
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        });
}
