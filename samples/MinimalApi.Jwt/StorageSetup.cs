using Amazon.Runtime;
using Amazon.S3;
using DirectUpload;

namespace MinimalApiJwt;

/// <summary>Chooses the storage that the configuration section <c>S3</c> describes.</summary>
internal static class StorageSetup
{
    public static DirectUploadBuilder UseConfiguredS3(this DirectUploadBuilder uploads, IConfiguration s3)
    {
        if (s3.GetValue<bool>("Local"))
            return uploads.UseLocalS3();

        // MinIO, Ceph, R2 and similar servers. Without ServiceUrl it is Amazon S3; the SDK finds region and credentials as usual.
        if (s3["ServiceUrl"] is { Length: > 0 } url)
        {
            uploads.Services.AddSingleton<IAmazonS3>(_ => new AmazonS3Client(
                new BasicAWSCredentials(s3["AccessKey"], s3["SecretKey"]),
                new AmazonS3Config
                {
                    ServiceURL = url,
                    ForcePathStyle = true,
                    AuthenticationRegion = s3["Region"] ?? "us-east-1",
                    RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
                    ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
                }));
        }

        return uploads;
    }
}
