using System.Globalization;
using Amazon.S3;
using Amazon.S3.Model;
using CsCheck;
using DirectUpload.Signing;
using DirectUpload.Uploads;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.Tests.Signing;

/// <summary>
/// Held to the AWS SDK over generated requests: same address, same parameters, same signature. The SDK reads its own clock, so it signs first and we
/// sign at the instant that it wrote down. On a failure CsCheck prints the seed that repeats it.
/// </summary>
public sealed class SdkUrlTests
{
    private const string Bucket = "example-bucket";

    [Fact]
    public void Every_PUT_is_signed_as_the_SDK_signs_it() => SdkCase.Any.Sample(
        example =>
        {
            using var client = new AmazonS3Client(example.Credentials, example.Endpoint.Config);
            var theirs = SignedUrl.Parse(client.GetPreSignedURL(PutOf(example)));
            var ours = Issuer(client, theirs).PresignAsync(new PutUrlRequest
            {
                Key = example.Key,
                ContentType = example.ContentType,
                ContentLength = example.ContentLength,
                OnlyIfNew = example.OnlyIfNew,
                Settings = new ObjectSettings { ContentDisposition = example.Disposition, CacheControl = example.CacheControl, Metadata = example.Metadata },
                Lifetime = LifetimeOf(theirs),
            }).AsTask().GetAwaiter().GetResult();

            SignedUrl.Parse(ours.Url).Should().BeEquivalentTo(theirs);
        },
        iter: Cases.Times(1000), threads: 1);

    [Fact]
    public void Every_GET_is_signed_as_the_SDK_signs_it() => SdkCase.Any.Sample(
        example =>
        {
            using var client = new AmazonS3Client(example.Credentials, example.Endpoint.Config);
            var theirs = SignedUrl.Parse(client.GetPreSignedURL(GetOf(example)));
            var ours = Issuer(client, theirs).PresignAsync(new GetUrlRequest
            {
                Key = example.Key,
                VersionId = example.VersionId,
                ResponseContentType = example.ContentType,
                ResponseContentDisposition = example.Disposition,
                ResponseCacheControl = example.CacheControl,
                Lifetime = LifetimeOf(theirs),
            }).AsTask().GetAwaiter().GetResult();

            SignedUrl.Parse(ours.Url).Should().BeEquivalentTo(theirs);
        },
        iter: Cases.Times(1000), threads: 1);

    private static PresignedUploadIssuer Issuer(IAmazonS3 client, SignedUrl theirs)
    {
        var instant = DateTimeOffset.ParseExact(theirs.Date, SigningTime.Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        return new TestIssuer { Clock = new FakeTimeProvider(instant), Bucket = Bucket }.Over(client);
    }

    // The SDK counts the seconds to an instant, by a clock that moves on meanwhile.
    private static TimeSpan LifetimeOf(SignedUrl theirs) => TimeSpan.FromSeconds(int.Parse(theirs.Expires, CultureInfo.InvariantCulture));

    private static GetPreSignedUrlRequest PutOf(SdkCase example)
    {
        var request = RequestOf(example, HttpVerb.PUT);
        request.ContentType = example.ContentType;
        if (example.ContentLength is { } length)
            request.Headers.ContentLength = length;
        if (example.OnlyIfNew)
            request.Headers["If-None-Match"] = "*";
        if (example.Disposition is not null)
            request.Headers.ContentDisposition = example.Disposition;
        if (example.CacheControl is not null)
            request.Headers.CacheControl = example.CacheControl;
        foreach (var (name, value) in example.Metadata)
            request.Metadata.Add(name, value);
        return request;
    }

    private static GetPreSignedUrlRequest GetOf(SdkCase example)
    {
        var request = RequestOf(example, HttpVerb.GET);
        request.VersionId = example.VersionId;
        request.ResponseHeaderOverrides.ContentType = example.ContentType;
        request.ResponseHeaderOverrides.ContentDisposition = example.Disposition;
        request.ResponseHeaderOverrides.CacheControl = example.CacheControl;
        return request;
    }

    private static GetPreSignedUrlRequest RequestOf(SdkCase example, HttpVerb verb) => new()
    {
        BucketName = Bucket,
        Key = example.Key,
        Verb = verb,
        Expires = DateTime.UtcNow.AddSeconds(example.Seconds),
        Protocol = example.Endpoint.Http ? Protocol.HTTP : Protocol.HTTPS,
    };
}
