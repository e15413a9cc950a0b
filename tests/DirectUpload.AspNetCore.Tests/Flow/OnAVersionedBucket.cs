using Amazon.S3;
using Amazon.S3.Model;

namespace DirectUpload.AspNetCore.Tests.Flow;

/// <summary>A bucket that keeps every version: what was verified is pinned by its version too. LocalS3 knows no versions yet.</summary>
public sealed class OnAVersionedBucket(RgwFixture server) : FlowSuite(server), IClassFixture<RgwFixture>
{
    [Theory]
    [InlineData("picture")]
    [InlineData("form")]
    [InlineData("in-place")]
    public async Task Content_is_the_very_version_that_was_verified(string profile)
    {
        await Server.S3.PutBucketVersioningAsync(new PutBucketVersioningRequest
        {
            BucketName = Server.Bucket,
            VersioningConfig = new S3BucketVersioningConfig { Status = VersionStatus.Enabled },
        }, TestContext.Current.CancellationToken);
        var bytes = Bytes.Png(filler: 1);
        var grant = await ReadyAsync(bytes, new Wanted { Profile = profile, Size = bytes.Length });
        var final = (await KeysOfAsync(grant)).Single(key => !key.StartsWith("staging/", StringComparison.Ordinal));

        // Even whoever can write to the final key itself only adds a version that nobody is sent to.
        await Server.S3.PutObjectAsync(
            new PutObjectRequest { BucketName = Server.Bucket, Key = final, ContentBody = "something else" }, TestContext.Current.CancellationToken);

        (await ContentAsync(grant)).Body.Should().Equal(bytes);
    }

    [Fact]
    public async Task A_deleted_upload_is_gone_from_the_listing()
    {
        var bytes = Bytes.Png();
        var grant = await ReadyAsync(bytes);

        (await Client.DeleteAsync(grant)).ShouldBe(204);

        (await KeysOfAsync(grant)).Should().BeEmpty();
        (await Client.ContentAsync(grant)).ShouldBeProblem(410, "deleted");
    }
}
