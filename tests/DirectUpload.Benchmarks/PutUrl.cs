using Amazon.S3;
using Amazon.S3.Model;
using BenchmarkDotNet.Attributes;
using DirectUpload.Signing;

namespace DirectUpload.Benchmarks;

/// <summary>A presigned PUT with four signed headers besides Host.</summary>
[MemoryDiagnoser]
public class PutUrl
{
    private const string Checksum = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

    private readonly HashingFloor _floor = HashingFloor.OfUrl();

    private readonly PutUrlRequest _request = new()
    {
        Key = Signer.Key,
        ContentType = "image/png",
        ContentLength = 123_456,
        ChecksumSha256 = Checksum,
        OnlyIfNew = true,
    };

    [Benchmark(Baseline = true)]
    public byte Floor() => _floor.Once();

    [Benchmark]
    public ValueTask<PresignedUrl> DirectUpload() => Signer.Issuer.PresignAsync(_request);

    [Benchmark]
    public string AwsSdk()
    {
        var request = new GetPreSignedUrlRequest
        {
            BucketName = Signer.Bucket,
            Key = Signer.Key,
            Verb = HttpVerb.PUT,
            Expires = DateTime.UtcNow.AddMinutes(15),
            ContentType = "image/png",
        };
        request.Headers["content-length"] = "123456";
        request.Headers["x-amz-checksum-sha256"] = Checksum;
        request.Headers["if-none-match"] = "*";
        return Signer.Client.GetPreSignedURL(request);
    }
}
