using System.Globalization;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using DirectUpload.Presigning;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.Tests.Presigning;

/// <summary>The same PUT presigned by us and by the SDK, at the instant that the SDK's clock said.</summary>
internal static class SdkPresignComparison
{
    public static async Task<(SignedUrl Ours, SignedUrl Theirs)> PutAsync(string? region, AmazonS3Config config, string bucket)
    {
        using var client = new AmazonS3Client(
            new BasicAWSCredentials(AwsExample.AccessKey, AwsExample.SecretKey), SetRegion(region, config));
        var theirs = SignedUrl.Parse(await client.GetPreSignedURLAsync(new GetPreSignedUrlRequest
        {
            BucketName = bucket,
            Key = "a.txt",
            Verb = HttpVerb.PUT,
            Expires = DateTime.UtcNow.AddMinutes(15),
            Protocol = config.UseHttp ? Protocol.HTTP : Protocol.HTTPS,
        }));
        var put = new PutUrlRequest
        {
            Key = "a.txt",
            Lifetime = TimeSpan.FromSeconds(int.Parse(theirs.Expires, CultureInfo.InvariantCulture)),
        };
        var ours = await new TestIssuer { Bucket = bucket, Clock = CreateClock(theirs) }.BuildFor(client).PresignAsync(put);
        return (SignedUrl.Parse(ours.Url), theirs);
    }

    public static FakeTimeProvider CreateClock(SignedUrl url) =>
        new(DateTimeOffset.ParseExact(url.Date, SigningTime.Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));

    public static AmazonS3Config SetRegion(string? region, AmazonS3Config config)
    {
        if (region is not null)
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        return config;
    }
}
