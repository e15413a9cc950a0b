using Amazon.S3.Model;
using BenchmarkDotNet.Attributes;
using DirectUpload.Presigning;
using MinioPolicy = Minio.DataModel.PostPolicy;

namespace DirectUpload.Benchmarks.Presigning;

/// <summary>A POST policy with five conditions: bucket, key, type, size and status, besides those of the signature.</summary>
[MemoryDiagnoser]
public class PostForm
{
    private const string Type = "image/png";
    private const long MaxLength = 123_456;

    private readonly PostPolicyRequest _request = new() { Key = Signers.Key, ContentType = Type, MinLength = 1, MaxLength = MaxLength };

    private HashingFloor _floor = null!;

    [GlobalSetup]
    public async Task SetupAsync() => _floor = HashingFloor.Create(await DirectUpload());

    [Benchmark(Baseline = true)]
    public byte Floor() => _floor.Run();

    [Benchmark]
    public ValueTask<PresignedPost> DirectUpload() => Signers.DirectUpload.PresignPostAsync(_request);

    [Benchmark]
    public CreatePresignedPostResponse AwsSdk() => Signers.AwsSdk.CreatePresignedPost(new CreatePresignedPostRequest
    {
        BucketName = Signers.Bucket,
        Key = Signers.Key,
        Expires = DateTime.UtcNow + Signers.Lifetime,
        Fields = new() { ["Content-Type"] = Type, ["success_action_status"] = "204" },
        Conditions =
        [
            S3PostCondition.ExactMatch("Content-Type", Type),
            S3PostCondition.ExactMatch("success_action_status", "204"),
            S3PostCondition.ContentLengthRange(1, MaxLength),
        ],
    });

    [Benchmark]
    public Task<(Uri, IDictionary<string, string>)> Minio()
    {
        var policy = new MinioPolicy();
        policy.SetBucket(Signers.Bucket);
        policy.SetKey(Signers.Key);
        policy.SetExpires(DateTime.UtcNow + Signers.Lifetime);
        policy.SetContentType(Type);
        policy.SetContentRange(1, MaxLength);
        policy.SetSuccessStatusAction("204");
        return Signers.Minio.PresignedPostPolicyAsync(policy);
    }
}
