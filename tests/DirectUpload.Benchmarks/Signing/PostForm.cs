using Amazon.S3.Model;
using BenchmarkDotNet.Attributes;
using DirectUpload.Signing;
using Minio.DataModel;

namespace DirectUpload.Benchmarks.Signing;

/// <summary>A POST policy with five conditions: bucket, key, type, size and status, besides those of the signature.</summary>
[MemoryDiagnoser]
public class PostForm
{
    private const string Type = "image/png";
    private const long Largest = 123_456;

    private readonly PostPolicyRequest _request = new() { Key = Signers.Key, ContentType = Type, MinLength = 1, MaxLength = Largest };

    private HashingFloor _floor = null!;

    [GlobalSetup]
    public async Task SetupAsync() => _floor = HashingFloor.Of(await DirectUpload());

    [Benchmark(Baseline = true)]
    public byte Floor() => _floor.Once();

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
            S3PostCondition.ContentLengthRange(1, Largest),
        ],
    });

    [Benchmark]
    public Task<(Uri, IDictionary<string, string>)> Minio()
    {
        var policy = new PostPolicy();
        policy.SetBucket(Signers.Bucket);
        policy.SetKey(Signers.Key);
        policy.SetExpires(DateTime.UtcNow + Signers.Lifetime);
        policy.SetContentType(Type);
        policy.SetContentRange(1, Largest);
        policy.SetSuccessStatusAction("204");
        return Signers.Minio.PresignedPostPolicyAsync(policy);
    }
}
