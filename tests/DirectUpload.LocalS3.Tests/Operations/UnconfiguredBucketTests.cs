using DirectUpload.LocalS3.Tests.Routing;

namespace DirectUpload.LocalS3.Tests.Operations;

public class UnconfiguredBucketTests
{
    [Theory]
    [InlineData("policy", "NoSuchBucketPolicy")]
    [InlineData("policyStatus", "NoSuchBucketPolicy")]
    [InlineData("tagging", "NoSuchTagSet")]
    [InlineData("publicAccessBlock", "NoSuchPublicAccessBlockConfiguration")]
    [InlineData("ownershipControls", "OwnershipControlsNotFoundError")]
    [InlineData("website", "NoSuchWebsiteConfiguration")]
    [InlineData("replication", "ReplicationConfigurationNotFoundError")]
    [InlineData("object-lock", "ObjectLockConfigurationNotFoundError")]
    [InlineData("acl", "AccessControlPolicy")]
    [InlineData("encryption", "<SSEAlgorithm>AES256</SSEAlgorithm>")]
    [InlineData("requestPayment", "<Payer>BucketOwner</Payer>")]
    [InlineData("logging", "BucketLoggingStatus")]
    [InlineData("accelerate", "AccelerateConfiguration")]
    public async Task A_setting_that_was_never_set_is_answered_as_by_S3(string setting, string expected)
    {
        await using var server = await LocalS3TestServer.StartAsync();

        using var found = await GetAsync(server, $"/uploads?{setting}");
        using var missing = await GetAsync(server, $"/no-bucket?{setting}");

        var isError = (expected.StartsWith("No", StringComparison.Ordinal) || expected.EndsWith("Error", StringComparison.Ordinal));
        ((int)found.StatusCode).Should().Be(isError ? 404 : 200);
        (await found.Content.ReadAsStringAsync()).Should().Contain(isError ? $"<Code>{expected}</Code>" : expected);
        (await missing.Content.ReadAsStringAsync()).Should().Contain("<Code>NoSuchBucket</Code>");
    }

    private static async Task<HttpResponseMessage> GetAsync(LocalS3TestServer server, string target)
    {
        using var request = SignedRequest.Create(server.Endpoint, "GET", target, "x-amz-unknown", "1");
        return await server.Http.SendAsync(request);
    }
}
