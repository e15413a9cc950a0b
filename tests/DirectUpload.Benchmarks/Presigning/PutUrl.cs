using Amazon.S3;
using Amazon.S3.Model;
using BenchmarkDotNet.Attributes;
using DirectUpload.Presigning;
using Minio.DataModel.Args;

namespace DirectUpload.Benchmarks.Presigning;

/// <summary>A presigned PUT with four signed headers besides Host (MinIO's client signs none but Host).</summary>
[MemoryDiagnoser]
public class PutUrl
{
    private const string Checksum = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
    private const long Length = 123_456;

    private readonly PutUrlRequest _request = new()
    {
        Key = Signers.Key,
        ContentType = "image/png",
        ContentLength = Length,
        ChecksumSha256 = Checksum,
        OnlyIfNew = true,
    };

    private HashingFloor _floor = null!;

    [GlobalSetup]
    public async Task SetupAsync() => _floor = HashingFloor.Create(await DirectUpload(), Length);

    [Benchmark(Baseline = true)]
    public byte Floor() => _floor.Run();

    [Benchmark]
    public ValueTask<PresignedUrl> DirectUpload() => Signers.DirectUpload.PresignAsync(_request);

    [Benchmark]
    public string AwsSdk()
    {
        var request = new GetPreSignedUrlRequest
        {
            BucketName = Signers.Bucket,
            Key = Signers.Key,
            Verb = HttpVerb.PUT,
            Expires = DateTime.UtcNow + Signers.Lifetime,
            ContentType = "image/png",
        };
        request.Headers.ContentLength = Length;
        request.Headers["x-amz-checksum-sha256"] = Checksum;
        request.Headers["if-none-match"] = "*";
        return Signers.AwsSdk.GetPreSignedURL(request);
    }

    [Benchmark]
    public Task<string> Minio() => Signers.Minio.PresignedPutObjectAsync(new PresignedPutObjectArgs()
        .WithBucket(Signers.Bucket).WithObject(Signers.Key).WithExpiry((int)Signers.Lifetime.TotalSeconds));
}
