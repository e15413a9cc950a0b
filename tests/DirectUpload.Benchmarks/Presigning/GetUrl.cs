using Amazon.S3;
using Amazon.S3.Model;
using BenchmarkDotNet.Attributes;
using DirectUpload.Presigning;
using Minio.DataModel.Args;

namespace DirectUpload.Benchmarks.Presigning;

/// <summary>A presigned GET as content is served: with type and disposition overridden.</summary>
[MemoryDiagnoser]
public class GetUrl
{
    private const string Type = "image/png";
    private const string Disposition = "inline; filename=\"portrait.png\"";

    private readonly GetUrlRequest _request = new()
    {
        Key = Signers.Key,
        ResponseContentType = Type,
        ResponseContentDisposition = Disposition,
    };

    private HashingFloor _floor = null!;

    [GlobalSetup]
    public async Task SetupAsync() => _floor = HashingFloor.Create(await DirectUpload());

    [Benchmark(Baseline = true)]
    public byte Floor() => _floor.Run();

    [Benchmark]
    public ValueTask<PresignedUrl> DirectUpload() => Signers.DirectUpload.PresignAsync(_request);

    [Benchmark]
    public string AwsSdk() => Signers.AwsSdk.GetPreSignedURL(new GetPreSignedUrlRequest
    {
        BucketName = Signers.Bucket,
        Key = Signers.Key,
        Verb = HttpVerb.GET,
        Expires = DateTime.UtcNow + Signers.Lifetime,
        ResponseHeaderOverrides = new ResponseHeaderOverrides { ContentType = Type, ContentDisposition = Disposition },
    });

    // What it calls headers here, it writes into the query.
    [Benchmark]
    public Task<string> Minio() => Signers.Minio.PresignedGetObjectAsync(new PresignedGetObjectArgs()
        .WithBucket(Signers.Bucket).WithObject(Signers.Key).WithExpiry((int)Signers.Lifetime.TotalSeconds)
        .WithHeaders(new Dictionary<string, string> { ["response-content-type"] = Type, ["response-content-disposition"] = Disposition }));
}
