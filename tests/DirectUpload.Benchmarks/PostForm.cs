using Amazon.S3.Model;
using BenchmarkDotNet.Attributes;
using DirectUpload.Signing;

namespace DirectUpload.Benchmarks;

/// <summary>A POST policy with five conditions: bucket, key, type, size and status, besides those of the signature.</summary>
[MemoryDiagnoser]
public class PostForm
{
    private readonly PostPolicyRequest _request = new() { Key = Signer.Key, ContentType = "image/png", MinLength = 1, MaxLength = 123_456 };

    [Benchmark(Baseline = true)]
    public ValueTask<PresignedPost> DirectUpload() => Signer.Issuer.PresignPostAsync(_request);

    [Benchmark]
    public string AwsSdk() => Signer.Client.CreatePresignedPost(new CreatePresignedPostRequest
    {
        BucketName = Signer.Bucket,
        Key = Signer.Key,
        Expires = DateTime.UtcNow.AddMinutes(15),
        Fields = new() { ["Content-Type"] = "image/png", ["success_action_status"] = "204" },
        Conditions =
        [
            S3PostCondition.ExactMatch("Content-Type", "image/png"),
            S3PostCondition.ExactMatch("success_action_status", "204"),
            S3PostCondition.ContentLengthRange(1, 123_456),
        ],
    }).Url;
}
