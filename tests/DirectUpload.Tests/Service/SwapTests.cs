using DirectUpload.Profiles;
using DirectUpload.Uploads;

namespace DirectUpload.Tests.Service;

/// <summary>The object is replaced after it was verified: time of check, time of use.</summary>
public sealed class SwapTests
{
    private const string Evil = "EVIL, world!";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Between_the_look_and_the_copy_it_is_rejected_and_never_served(bool honoursCondition)
    {
        await using var host = new UploadHost(new FakeBucket { HonoursCopyCondition = honoursCondition });
        var grant = await host.UploadAsync();
        SwapBefore(host, BucketVerb.Copy, grant.Record.StagingKey);

        await ConfirmTests.ShouldBeRejected(host, grant, "The object was changed after it had been verified.*");
    }

    [Fact]
    public async Task In_place_an_object_that_was_deleted_and_sent_again_is_not_served()
    {
        await using var host = new UploadHost(profile: notes => notes.Finalisation = Finalisation.InPlace);
        var grant = await host.ReadyAsync();
        (await host.Service.GetContentAsync(grant.Record.Id, grant.ReadToken)).Succeeded.Should().BeTrue();

        await host.Bucket.DeleteAsync(grant.Record.FinalKey, TestContext.Current.CancellationToken);
        host.Bucket.Put(grant.Record.FinalKey, "EVIL, world!");

        (await host.Service.GetContentAsync(grant.Record.Id, grant.ReadToken)).Error!.Reason.Should().Be(UploadErrorReason.Deleted);
    }

    [Fact]
    public async Task After_the_copy_it_changes_nothing()
    {
        await using var host = new UploadHost();
        var grant = await host.UploadAsync();
        SwapBefore(host, BucketVerb.OpenRead, grant.Record.StagingKey);

        var record = (await host.ConfirmAsync(grant)).Value!;

        record.Status.Should().Be(UploadStatus.Ready);
        System.Text.Encoding.UTF8.GetString(host.Bucket[record.FinalKey]!.Bytes).Should().Be(UploadHost.Text);
    }

    [Fact]
    public async Task In_place_where_storage_lets_it_it_is_rejected()
    {
        await using var host = new UploadHost(profile: notes => notes.Finalisation = Finalisation.InPlace);
        var grant = await host.UploadAsync();
        var heads = 0;
        host.Bucket.Before = (verb, key) =>
        {
            if (verb == BucketVerb.Head && Interlocked.Increment(ref heads) == 2)
                host.Bucket.Put(key, Evil);
            return Task.CompletedTask;
        };

        await ConfirmTests.ShouldBeRejected(host, grant, "The object was changed*");
    }

    [Fact]
    public async Task The_served_copy_itself_is_pinned_while_it_is_inspected()
    {
        await using var host = new UploadHost();
        var grant = await host.UploadAsync();
        SwapBefore(host, BucketVerb.OpenRead, grant.Record.FinalKey);

        await host.Awaiting(it => it.ConfirmAsync(grant)).Should().ThrowAsync<IOException>().WithMessage("*changed while it was inspected*");
        (await host.StatusOf(grant)).Should().NotBe(UploadStatus.Ready);
    }

    [Fact]
    public async Task A_staging_object_that_has_gone_is_rejected_too()
    {
        await using var host = new UploadHost();
        var grant = await host.UploadAsync();
        host.Bucket.Before = async (verb, key) =>
        {
            if (verb == BucketVerb.Copy)
                await host.Bucket.DeleteAsync(key);
        };

        await ConfirmTests.ShouldBeRejected(host, grant, "The object was changed*");
    }

    private static void SwapBefore(UploadHost host, BucketVerb at, string key) => host.Bucket.Before = (verb, _) =>
    {
        if (verb == at)
            host.Bucket.Put(key, Evil);
        return Task.CompletedTask;
    };
}
