using Amazon.Runtime;
using Amazon.S3;
using DirectUpload.LocalS3;
using Microsoft.Extensions.Options;

namespace QuickStart;

/// <summary>Where the files go, by the configuration's section <c>S3</c>.</summary>
internal static class S3
{
    public static void AddS3(this IServiceCollection services, IConfiguration configuration)
    {
        var s3 = configuration.GetSection("S3");
        if (s3.GetValue<bool>("Local"))
        {
            services.AddLocalS3();
            services.AddSingleton<IAmazonS3>(provider =>
            {
                var local = provider.GetRequiredService<IOptions<LocalS3Options>>().Value;
                return Client(local.Url, local.AccessKey, local.SecretKey, local.Region);
            });
        }
        else if (s3["ServiceUrl"] is { Length: > 0 } url)
        {
            // MinIO, Ceph, R2 and the like.
            services.AddSingleton<IAmazonS3>(_ => Client(url, s3["AccessKey"], s3["SecretKey"], s3["Region"] ?? "us-east-1"));
        }

        // Else AWS itself: the SDK finds region and credentials as it always does (environment, profile, instance role).
    }

    private static AmazonS3Client Client(string url, string? accessKey, string? secretKey, string region) => new(
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
