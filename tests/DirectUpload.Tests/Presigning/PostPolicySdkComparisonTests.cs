using Amazon.S3;
using Amazon.S3.Model;
using CsCheck;
using DirectUpload.Presigning;
using DirectUpload.Tests.Fixtures;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.Tests.Presigning;

/// <summary>
/// Our forms beside those of the SDK's CreatePresignedPost: the same address, credentials, conditions and way of signing.
/// </summary>
public sealed class PostPolicySdkComparisonTests
{
    private const string Bucket = "example-bucket";

    // The SDK adds no Content-Type or status by itself; everything else it must agree with.
    private static readonly string[] OwnConditions = ["success_action_status"];

    [Fact]
    public void Post_GeneratedCases_MatchTheSdk() => Gen
        .Select(SdkTestCase.Any, Gen.Long[0, 1_000_000], Gen.Long[0, 1_000_000], Gen.Bool)
        .Where((example, _, _, _) => !example.Key.Contains('$', StringComparison.Ordinal))
        .Sample(
            (example, min, more, exactKey) =>
            {
                using var client = new AmazonS3Client(example.Credentials, example.Endpoint.Config);
                var now = DateTimeOffset.UtcNow;
                var theirs = ParseForm(client.CreatePresignedPost(SdkRequest(example, min, min + more, exactKey, now)));
                var issuer = new TestIssuer { Clock = new FakeTimeProvider(GetInstant(theirs)), Bucket = Bucket }.BuildFor(client);
                var ours = ParsedPostForm.Parse(issuer.PresignPostAsync(new PostPolicyRequest
                {
                    Key = exactKey ? example.Key : null,
                    KeyPrefix = exactKey ? null : example.Key,
                    ContentType = "text/plain",
                    MinLength = min,
                    MaxLength = min + more,
                    Lifetime = TimeSpan.FromSeconds(example.Seconds),
                }).AsTask().GetAwaiter().GetResult());

                ours.Post.Url.Should().Be(theirs.Post.Url);
                ours.Exact.Where(condition => !OwnConditions.Contains(condition.Key)).Should().BeEquivalentTo(theirs.Exact);
                ours.StartsWith.Should().BeEquivalentTo(theirs.StartsWith);
                ours.Lengths.Should().Equal(theirs.Lengths);
                AwsExample.SignPolicy(
                    theirs.Fields["policy"], new SigningTarget(Bucket, GetRegion(theirs), new Uri(theirs.Post.Url)), GetInstant(theirs))
                    .Should().Be(theirs.Fields["x-amz-signature"], "the SDK's own policy text must get the SDK's own signature from us");
            },
            iter: SampleCount.Scale(300), threads: 1);

    private static CreatePresignedPostRequest SdkRequest(SdkTestCase example, long min, long max, bool exactKey, DateTimeOffset now)
    {
        var request = new CreatePresignedPostRequest
        {
            BucketName = Bucket,
            Expires = now.UtcDateTime.AddSeconds(example.Seconds),
            Fields = { ["Content-Type"] = "text/plain" },
            Conditions = [S3PostCondition.ContentLengthRange(min, max), S3PostCondition.ExactMatch("Content-Type", "text/plain")],
        };
        if (exactKey)
            request.Key = example.Key;
        else
            request.Conditions.Add(S3PostCondition.StartsWith("key", example.Key));
        return request;
    }

    private static ParsedPostForm ParseForm(CreatePresignedPostResponse response) => ParsedPostForm.Parse(new PresignedPost(
        response.Url, response.Fields.ToDictionary(field => field.Key == "Policy" ? "policy" : field.Key, field => field.Value), default));

    private static DateTimeOffset GetInstant(ParsedPostForm form) => DateTimeOffset.ParseExact(
        form.Fields["x-amz-date"], SigningTime.Format, System.Globalization.CultureInfo.InvariantCulture,
        System.Globalization.DateTimeStyles.AssumeUniversal);

    private static string GetRegion(ParsedPostForm form) => form.Fields["x-amz-credential"].Split('/')[2];
}
