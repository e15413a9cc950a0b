using Amazon.S3;
using Amazon.S3.Model;
using CsCheck;
using DirectUpload.Presigning;
using DirectUpload.Tests.Fixtures;

namespace DirectUpload.Tests.Presigning;

/// <summary>
/// Held to the AWS SDK over generated requests, byte for byte: same address, same parameters, same signature. The SDK reads its own clock,
/// so it signs first and we sign at the instant that it wrote down. On a failure CsCheck prints the seed that repeats it.
/// </summary>
public sealed class PresignedUploadIssuerSdkComparisonTests(ITestOutputHelper output)
{
    private const int CaseCount = 20_000;

    [Fact]
    public void Presign_EveryOperation_MatchesTheSdk()
    {
        using var signers = new SdkSignerCache();
        var compared = 0;
        SdkTestCase.Any.Sample(
            example =>
            {
                var signer = signers.Get(example);
                compared += signer.Compare(CreateSdkPut(example), lifetime => CreatePut(example, lifetime));
                compared += signer.Compare(CreateSdkGet(example), lifetime => CreateGet(example, lifetime));
                compared += signer.Compare(
                    CreateSdkVersionRequest(example, HttpVerb.HEAD), lifetime =>
                        new GetUrlRequest { HeadersOnly = true, Key = example.Key, VersionId = example.VersionId, Lifetime = lifetime });
                compared += signer.Compare(CreateSdkPart(example), lifetime => CreatePart(example, lifetime));
            },
            iter: SampleCount.Scale(CaseCount), threads: 1, writeLine: output.WriteLine);

        output.WriteLine($"{compared:N0} requests compared");
        compared.Should().Be((int)(4 * SampleCount.Scale(CaseCount)));
    }

    [Fact]
    public void PresignParts_EveryPart_MatchesTheSdk()
    {
        using var signers = new SdkSignerCache();
        SdkTestCase.Any.Sample(
            example =>
            {
                var signer = signers.Get(example);
                var theirs = signer.PresignWithSdk(CreateSdkPart(example));
                var first = Math.Max(1, example.PartNumber - 2);
                var ours = signer.PresignWithIssuer(theirs, (issuer, lifetime) => issuer.PresignPartsAsync(new PartUrlsRequest
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
            iter: SampleCount.Scale(2000), threads: 1);
    }

    private static PutUrlRequest CreatePut(SdkTestCase example, TimeSpan lifetime) => new()
    {
        Key = example.Key,
        ContentType = example.ContentType,
        ContentLength = example.ContentLength,
        OnlyIfNew = example.OnlyIfNew,
        Settings = new ObjectSettings
        {
            ContentDisposition = example.Disposition,
            CacheControl = example.CacheControl,
            Metadata = example.Metadata,
        },
        Lifetime = lifetime,
    };

    private static GetUrlRequest CreateGet(SdkTestCase example, TimeSpan lifetime) => new()
    {
        Key = example.Key,
        VersionId = example.VersionId,
        ResponseContentType = example.ContentType,
        ResponseContentDisposition = example.Disposition,
        ResponseCacheControl = example.CacheControl,
        Lifetime = lifetime,
    };

    private static MultipartUrlRequest CreatePart(SdkTestCase example, TimeSpan lifetime)
    {
        var request = MultipartUrlRequest.UploadPart(example.Key, example.UploadId, example.PartNumber, example.ContentLength);
        request.Lifetime = lifetime;
        return request;
    }

    private static GetPreSignedUrlRequest CreateSdkPut(SdkTestCase example)
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

    private static GetPreSignedUrlRequest CreateSdkGet(SdkTestCase example)
    {
        var request = CreateSdkVersionRequest(example, HttpVerb.GET);
        request.ResponseHeaderOverrides.ContentType = example.ContentType;
        request.ResponseHeaderOverrides.ContentDisposition = example.Disposition;
        request.ResponseHeaderOverrides.CacheControl = example.CacheControl;
        return request;
    }

    private static GetPreSignedUrlRequest CreateSdkVersionRequest(SdkTestCase example, HttpVerb verb)
    {
        var request = example.SdkRequest(verb);
        request.VersionId = example.VersionId;
        return request;
    }

    private static GetPreSignedUrlRequest CreateSdkPart(SdkTestCase example)
    {
        var request = example.SdkRequest(HttpVerb.PUT);
        request.UploadId = example.UploadId;
        request.PartNumber = example.PartNumber;
        if (example.ContentLength is { } length)
            request.Headers.ContentLength = length;
        return request;
    }
}
