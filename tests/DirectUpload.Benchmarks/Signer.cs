using Amazon.Runtime;
using Amazon.S3;
using DirectUpload.Signing;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Benchmarks;

/// <summary>Ours and the SDK's, on the same client and bucket.</summary>
internal static class Signer
{
    public const string Bucket = "examplebucket";
    public const string Key = "staging/avatar/01a2047d9eb77792bf040681dcd70515.png";

    public static AmazonS3Client Client { get; } = new(
        new BasicAWSCredentials("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
        new AmazonS3Config { RegionEndpoint = Amazon.RegionEndpoint.EUWest1 });

    public static IPresignedUploadIssuer Issuer { get; } = new ServiceCollection()
        .AddSingleton<IAmazonS3>(Client)
        .AddDirectUploads(o => o.Bucket = Bucket).Services
        .BuildServiceProvider()
        .GetRequiredService<IPresignedUploadIssuer>();
}
