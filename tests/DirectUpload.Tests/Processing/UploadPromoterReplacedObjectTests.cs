using DirectUpload.Tests.Confirmation;
using DirectUpload.Tests.Fixtures;

namespace DirectUpload.Tests.Processing;

/// <summary>The object is replaced after it was verified: time of check, time of use.</summary>
public sealed class UploadPromoterReplacedObjectTests
{
    private const string ReplacedText = "EVIL, world!";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Promote_ReplacedBeforeCopy_IsRejected(bool honoursCondition)
    {
        await using var host = new UploadHost(new FakeBucket { VerifiesCopies = false, HonorsCopyCondition = honoursCondition });
        var grant = await host.UploadAsync();
        ReplaceBefore(host, BucketOperation.Copy, grant.Record.StagingKey);

        await DirectUploadServiceConfirmTests.ShouldBeRejectedAsync(
            host, grant, "The uploaded file was replaced after it had been verified.*");
    }

    [Fact]
    public async Task GetContent_InPlaceObjectReplaced_IsDeleted()
    {
        await using var host = new UploadHost(profile: notes => notes.FinalizeInPlace = true);
        var grant = await host.ReadyAsync();
        (await host.Service.CreateDownloadUrlAsync(grant.Record.Id, grant.ReadToken)).Succeeded.Should().BeTrue();

        await host.Bucket.DeleteAsync(grant.Record.FinalKey, TestContext.Current.CancellationToken);
        host.Bucket.Put(grant.Record.FinalKey, "EVIL, world!");

        (await host.Service.CreateDownloadUrlAsync(grant.Record.Id, grant.ReadToken)).Error!.Code.Should().Be(UploadErrorCodes.Deleted);
    }

    [Fact]
    public async Task Promote_ReplacedAfterCopy_ServesTheCopy()
    {
        await using var host = new UploadHost();
        var grant = await host.UploadAsync();
        ReplaceBefore(host, BucketOperation.OpenRead, grant.Record.StagingKey);

        var record = (await host.ConfirmAsync(grant)).Value!;

        record.Status.Should().Be(UploadStatus.Ready);
        System.Text.Encoding.UTF8.GetString(host.Bucket[record.Key!]!.Bytes).Should().Be(UploadHost.Text);
    }

    [Fact]
    public async Task Confirm_InPlaceObjectReplaced_IsRejected()
    {
        await using var host = new UploadHost(profile: notes => notes.FinalizeInPlace = true);
        var grant = await host.UploadAsync();
        ReplaceBefore(host, BucketOperation.OpenRead, grant.Record.FinalKey);

        await DirectUploadServiceConfirmTests.ShouldBeRejectedAsync(host, grant, "The uploaded file was replaced*");
    }

    [Fact]
    public async Task Inspect_FinalObjectReplaced_Throws()
    {
        await using var host = new UploadHost();
        var grant = await host.UploadAsync();
        ReplaceBefore(host, BucketOperation.OpenRead, grant.Record.FinalKey);

        await host.Awaiting(it => it.ConfirmAsync(grant)).Should().ThrowAsync<IOException>()
            .WithMessage("*changed while it was inspected*");
        (await host.GetStatusAsync(grant)).Should().NotBe(UploadStatus.Ready);
    }

    [Fact]
    public async Task Promote_StagingObjectMissing_IsRejected()
    {
        await using var host = new UploadHost(new FakeBucket { VerifiesCopies = false });
        var grant = await host.UploadAsync();
        host.Bucket.BeforeCall = async (verb, key) =>
        {
            if (verb == BucketOperation.Copy)
                await host.Bucket.DeleteAsync(key);
        };

        await DirectUploadServiceConfirmTests.ShouldBeRejectedAsync(host, grant, "The uploaded file was replaced*");
    }

    private static void ReplaceBefore(UploadHost host, BucketOperation at, string key) => host.Bucket.BeforeCall = (verb, _) =>
    {
        if (verb == at)
            host.Bucket.Put(key, ReplacedText);
        return Task.CompletedTask;
    };
}
