using Amazon.Runtime;
using Amazon.S3;

namespace QuickStart;

/// <summary>Registers the S3 client that the configuration section <c>S3</c> describes.</summary>
internal static class S3ClientSetup
{
    public static void AddS3Client(this IServiceCollection services, IConfiguration configuration)
    {
        var s3 = configuration.GetSection("S3");
        if (s3.GetValue<bool>("Local"))
        {
            services.AddDirectUploads().UseLocalS3();
        }
        else if (s3["ServiceUrl"] is { Length: > 0 } url)
        {
            // MinIO, Ceph, R2 and similar servers.
            services.AddSingleton<IAmazonS3>(_ => CreateClient(url, s3["AccessKey"], s3["SecretKey"], s3["Region"] ?? "us-east-1"));
        }

        // Otherwise AWS; the SDK finds region and credentials as usual (environment, profile, instance role).
    }

    private static AmazonS3Client CreateClient(string url, string? accessKey, string? secretKey, string region) => new(
        new BasicAWSCredentials(accessKey, secretKey),
        new AmazonS3Config
        {
            ServiceURL = url,
            ForcePathStyle = true,
            AuthenticationRegion = region,
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        });
}
