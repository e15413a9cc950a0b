using Amazon.S3;
using Amazon.S3.Model;
using CsCheck;
using DirectUpload.Signing;
using DirectUpload.Uploads;

namespace DirectUpload.Tests.Signing;

/// <summary>
/// Held to the AWS SDK over generated requests, byte for byte: same address, same parameters, same signature. The SDK reads its own clock, so it
/// signs first and we sign at the instant that it wrote down. On a failure CsCheck prints the seed that repeats it.
/// </summary>
public sealed class SdkUrlTests(ITestOutputHelper output)
{
    private const int Examples = 20_000;

    [Fact]
    public void Every_operation_is_signed_as_the_SDK_signs_it()
    {
        using var signers = new SdkSigners();
        var compared = 0;
        SdkCase.Any.Sample(
            example =>
            {
                var signer = signers.For(example);
                compared += signer.Compare(PutOf(example), lifetime => Put(example, lifetime));
                compared += signer.Compare(GetOf(example), lifetime => Get(example, lifetime));
                compared += signer.Compare(
                    VersionOf(example, HttpVerb.HEAD), lifetime => new HeadUrlRequest { Key = example.Key, VersionId = example.VersionId, Lifetime = lifetime });
                compared += signer.Compare(
                    VersionOf(example, HttpVerb.DELETE), lifetime => new DeleteUrlRequest { Key = example.Key, VersionId = example.VersionId, Lifetime = lifetime });
                compared += signer.Compare(PartOf(example), lifetime => Part(example, lifetime));
            },
            iter: Cases.Times(Examples), threads: 1, writeLine: output.WriteLine);

        output.WriteLine($"{compared:N0} requests compared");
        compared.Should().Be((int)(5 * Cases.Times(Examples)));
    }

    [Fact]
    public void Every_part_of_a_batch_is_signed_as_the_SDK_signs_it()
    {
        using var signers = new SdkSigners();
        SdkCase.Any.Sample(
            example =>
            {
                var signer = signers.For(example);
                var theirs = signer.Theirs(PartOf(example));
                var first = Math.Max(1, example.PartNumber - 2);
                var ours = signer.Ours(theirs, (issuer, lifetime) => issuer.PresignPartsAsync(new PartUrlsRequest
                {
                    Key = example.Key,
                    UploadId = example.UploadId,
                    FirstPart = first,
                    Count = Math.Min(5, 10_001 - first),
                    ContentLength = example.ContentLength,
                    Lifetime = lifetime,
                }));

                SignedUrl.Parse(ours.Urls[example.PartNumber - first]).Canonical.Should().Be(theirs.Canonical);
            },
            iter: Cases.Times(2000), threads: 1);
    }

    private static PutUrlRequest Put(SdkCase example, TimeSpan lifetime) => new()
    {
        Key = example.Key,
        ContentType = example.ContentType,
        ContentLength = example.ContentLength,
        OnlyIfNew = example.OnlyIfNew,
        Settings = new ObjectSettings { ContentDisposition = example.Disposition, CacheControl = example.CacheControl, Metadata = example.Metadata },
        Lifetime = lifetime,
    };

    private static GetUrlRequest Get(SdkCase example, TimeSpan lifetime) => new()
    {
        Key = example.Key,
        VersionId = example.VersionId,
        ResponseContentType = example.ContentType,
        ResponseContentDisposition = example.Disposition,
        ResponseCacheControl = example.CacheControl,
        Lifetime = lifetime,
    };

    private static PartUrlRequest Part(SdkCase example, TimeSpan lifetime) => new()
    {
        Key = example.Key,
        UploadId = example.UploadId,
        PartNumber = example.PartNumber,
        ContentLength = example.ContentLength,
        Lifetime = lifetime,
    };

    private static GetPreSignedUrlRequest PutOf(SdkCase example)
    {
        var request = example.SdkRequest(HttpVerb.PUT);
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
        var request = VersionOf(example, HttpVerb.GET);
        request.ResponseHeaderOverrides.ContentType = example.ContentType;
        request.ResponseHeaderOverrides.ContentDisposition = example.Disposition;
        request.ResponseHeaderOverrides.CacheControl = example.CacheControl;
        return request;
    }

    private static GetPreSignedUrlRequest VersionOf(SdkCase example, HttpVerb verb)
    {
        var request = example.SdkRequest(verb);
        request.VersionId = example.VersionId;
        return request;
    }

    private static GetPreSignedUrlRequest PartOf(SdkCase example)
    {
        var request = example.SdkRequest(HttpVerb.PUT);
        request.UploadId = example.UploadId;
        request.PartNumber = example.PartNumber;
        if (example.ContentLength is { } length)
            request.Headers.ContentLength = length;
        return request;
    }
}
