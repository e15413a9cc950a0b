using Amazon.S3;
using Amazon.S3.Model;
using BenchmarkDotNet.Attributes;
using DirectUpload.Signing;

namespace DirectUpload.Benchmarks;

/// <summary>A presigned GET as content is served: with type and disposition overridden.</summary>
[MemoryDiagnoser]
public class GetUrl
{
    private readonly HashingFloor _floor = HashingFloor.OfUrl();

    private readonly GetUrlRequest _request = new()
    {
        Key = Signer.Key,
        ResponseContentType = "image/png",
        ResponseContentDisposition = "inline; filename=\"portrait.png\"",
    };

    [Benchmark(Baseline = true)]
    public byte Floor() => _floor.Once();

    [Benchmark]
    public ValueTask<PresignedUrl> DirectUpload() => Signer.Issuer.PresignAsync(_request);

    [Benchmark]
    public string AwsSdk() => Signer.Client.GetPreSignedURL(new GetPreSignedUrlRequest
    {
        BucketName = Signer.Bucket,
        Key = Signer.Key,
        Verb = HttpVerb.GET,
        Expires = DateTime.UtcNow.AddMinutes(15),
        ResponseHeaderOverrides = new ResponseHeaderOverrides { ContentType = "image/png", ContentDisposition = "inline; filename=\"portrait.png\"" },
    });
}
