using Amazon.Runtime;
using Amazon.S3;
using DirectUpload.Presigning;
using Microsoft.Extensions.DependencyInjection;
using Minio;

namespace DirectUpload.Benchmarks.Presigning;

/// <summary>The three that are compared, with the same key, region and bucket, and the object that they sign for.</summary>
internal static class Signers
{
    public const string Bucket = "examplebucket";
    public const string Key = "staging/avatar/01a2047d9eb77792bf040681dcd70515.png";
    public const string Region = "eu-west-1";
    public const string AccessKey = "AKIAIOSFODNN7EXAMPLE";
    public const string SecretKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    public static AmazonS3Client AwsSdk { get; } = new(
        new BasicAWSCredentials(AccessKey, SecretKey), new AmazonS3Config { RegionEndpoint = Amazon.RegionEndpoint.EUWest1 });

    // Told the region, it doesn't ask the network for it.
    public static IMinioClient Minio { get; } = new MinioClient()
        .WithEndpoint($"s3.{Region}.amazonaws.com").WithRegion(Region).WithCredentials(AccessKey, SecretKey).WithSSL().Build();

    public static IPresignedUploadIssuer DirectUpload { get; } = new ServiceCollection()
        .AddSingleton<IAmazonS3>(AwsSdk)
        .AddDirectUploads(o => o.Bucket = Bucket).Services
        .BuildServiceProvider()
        .GetRequiredService<IPresignedUploadIssuer>();
}
