using System.Security.Cryptography;
using System.Text;
using DirectUpload.Profiles;
using DirectUpload.Uploads;

namespace DirectUpload.Tests.Service;

public sealed class ConfirmTests
{
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0];

    [Fact]
    public async Task What_was_promised_becomes_ready_at_its_final_key()
    {
        await using var host = new UploadHost(profile: notes => notes.ObjectSettings.CacheControl = "private");
        var grant = await host.UploadAsync();
        var record = (await host.ConfirmAsync(grant)).Value!;

        record.Status.Should().Be(UploadStatus.Ready);
        record.Size.Should().Be(UploadHost.Text.Length);
        record.ETag.Should().Be(host.Bucket[record.FinalKey]!.ETag);
        record.Attempts.Should().Be(1);
        record.Audit.Transitions.Select(step => step.Status).Should().Equal(
            UploadStatus.Requested, UploadStatus.Uploaded, UploadStatus.Processing, UploadStatus.Ready);
        host.Bucket[record.FinalKey].Should().BeEquivalentTo(new { ContentType = "text/plain", Settings = new { CacheControl = "private", ContentDisposition = "attachment; filename=\"note.txt\"" } });
    }

    [Fact]
    public async Task Before_anything_arrived_it_says_so_and_works_later()
    {
        await using var host = new UploadHost();
        var grant = await host.GrantAsync();

        (await host.ConfirmAsync(grant)).Error!.Reason.Should().Be(UploadErrorReason.NotUploaded);
        (await host.StatusOf(grant)).Should().Be(UploadStatus.Requested);
        host.Bucket.Put(grant.Record.StagingKey, UploadHost.Text);
        (await host.ConfirmAsync(grant)).Value!.Status.Should().Be(UploadStatus.Ready);
    }

    [Fact]
    public async Task A_second_time_it_answers_the_same_and_does_nothing()
    {
        await using var host = new UploadHost();
        var grant = await host.UploadAsync();
        var first = await host.ConfirmAsync(grant);
        var second = await host.ConfirmAsync(grant);

        second.Should().BeEquivalentTo(first);
        host.Bucket.Count(BucketVerb.Copy).Should().Be(1);
    }

    [Fact]
    public async Task Sixty_four_at_once_get_one_answer_for_one_copy()
    {
        await using var host = new UploadHost(clock: TimeProvider.System);
        var grant = await host.UploadAsync();
        host.Bucket.Before = (verb, _) => verb == BucketVerb.Copy ? Task.Delay(50) : Task.Delay(1);

        var results = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => host.ConfirmAsync(grant))));

        results.Should().AllSatisfy(result => result.Should().BeEquivalentTo(results[0]));
        results[0].Value!.Status.Should().Be(UploadStatus.Ready);
        host.Bucket.Count(BucketVerb.Copy).Should().Be(1);
    }

    [Fact]
    public async Task Sixty_four_at_once_of_a_wrong_object_are_all_told_the_same()
    {
        await using var host = new UploadHost(clock: TimeProvider.System);
        var grant = await host.GrantAsync();
        host.Bucket.Put(grant.Record.StagingKey, "shorter");
        host.Bucket.Before = (_, _) => Task.Delay(Random.Shared.Next(5));

        var results = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => host.ConfirmAsync(grant))));

        results.Select(result => result.Error!.Reason).Distinct().Should().Equal(UploadErrorReason.Mismatch);
    }

    [Theory]
    [InlineData("rejected", UploadErrorReason.Mismatch)]
    [InlineData("aborted", UploadErrorReason.Conflict)]
    public async Task One_that_looks_when_the_upload_has_just_ended_is_told_so(string how, UploadErrorReason reason)
    {
        await using var host = new UploadHost();
        var grant = await host.GrantAsync();
        host.Bucket.Put(grant.Record.StagingKey, how == "rejected" ? "shorter" : UploadHost.Text);
        var slow = new TaskCompletionSource();
        var first = true;
        host.Bucket.Before = (verb, _) => verb == BucketVerb.Head && Interlocked.Exchange(ref first, false) ? slow.Task : Task.CompletedTask;

        var early = host.ConfirmAsync(grant);
        if (how == "rejected")
            await host.ConfirmAsync(grant);
        else
            await host.Service.DeleteAsync(grant.Record.Id, grant.WriteToken);
        slow.SetResult();

        (await early).Error!.Reason.Should().Be(reason);
    }

    [Fact]
    public async Task While_another_is_at_it_it_waits_and_then_says_processing()
    {
        await using var host = new UploadHost(options: it => it.ConfirmWait = TimeSpan.Zero);
        var grant = await host.UploadAsync();
        var copying = new TaskCompletionSource();
        var resume = new TaskCompletionSource();
        host.Bucket.Before = (verb, _) =>
        {
            if (verb != BucketVerb.Copy)
                return Task.CompletedTask;
            copying.SetResult();
            return resume.Task;
        };

        var first = host.ConfirmAsync(grant);
        await copying.Task;
        (await host.ConfirmAsync(grant)).Value!.Status.Should().Be(UploadStatus.Processing);
        resume.SetResult();
        (await first).Value!.Status.Should().Be(UploadStatus.Ready);
    }

    [Theory]
    [InlineData("hello", "12 bytes were promised, and 5 arrived.*")]
    [InlineData("", "12 bytes were promised, and 0 arrived.*")]
    [InlineData("hello, world!", "12 bytes were promised, and 13 arrived.*")]
    public async Task Another_size_is_rejected_and_deleted(string text, string detail)
    {
        await using var host = new UploadHost();
        var grant = await host.GrantAsync();
        host.Bucket.Put(grant.Record.StagingKey, text);

        await ShouldBeRejected(host, grant, detail);
    }

    [Fact]
    public async Task Another_stored_type_is_rejected_and_deleted()
    {
        await using var host = new UploadHost();
        var grant = await host.GrantAsync();
        host.Bucket.Put(grant.Record.StagingKey, UploadHost.Text, "text/html");

        await ShouldBeRejected(host, grant, "The type text/plain was promised, and the object was stored as another.*");
    }

    [Fact]
    public async Task The_case_of_the_stored_type_does_not_matter()
    {
        await using var host = new UploadHost();
        var grant = await host.GrantAsync();
        host.Bucket.Put(grant.Record.StagingKey, UploadHost.Text, "Text/Plain");

        (await host.ConfirmAsync(grant)).Succeeded.Should().BeTrue();
    }

    [Theory]
    [InlineData(Finalisation.Promote)]
    [InlineData(Finalisation.InPlace)]
    public async Task Bytes_of_another_kind_are_rejected_and_deleted(Finalisation finalisation)
    {
        await using var host = new UploadHost(profile: notes => notes.Finalisation = finalisation);
        var grant = await host.GrantAsync(UploadHost.Request with { FileName = "a.png", ContentType = "image/png" });
        host.Bucket.Put(grant.Record.StagingKey, UploadHost.Text, "image/png");

        await ShouldBeRejected(host, grant, "*image/png*");
    }

    [Fact]
    public async Task Bytes_of_the_promised_kind_are_taken()
    {
        await using var host = new UploadHost();
        var grant = await host.GrantAsync(UploadHost.Request with { FileName = "a.png", ContentType = "image/png", Size = Png.Length });
        host.Bucket.Put(grant.Record.StagingKey, Png, "image/png");

        (await host.ConfirmAsync(grant)).Succeeded.Should().BeTrue();
    }

    [Fact]
    public async Task A_file_that_claims_no_type_is_held_to_the_profile()
    {
        await using var host = new UploadHost(profile: notes => notes.ContentTypes.Clear(), options: it =>
        {
            it.Profiles["notes"].ContentTypes.Add("application/*");
        });
        var grant = await host.GrantAsync(UploadHost.Request with { ContentType = "application/octet-stream", Size = Png.Length });
        host.Bucket.Put(grant.Record.StagingKey, Png, "application/octet-stream");

        await ShouldBeRejected(host, grant, "The bytes are image/png, which is not taken here; allowed: application/*.");
    }

    [Fact]
    public async Task An_empty_file_is_taken_where_the_profile_says_so()
    {
        await using var host = new UploadHost(profile: notes => notes.MinSize = 0);
        var grant = await host.GrantAsync(UploadHost.Request with { Size = 0, ChecksumSha256 = Sha256("") });
        host.Bucket.Put(grant.Record.StagingKey, "");

        (await host.ConfirmAsync(grant)).Value!.Status.Should().Be(UploadStatus.Ready);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Another_checksum_is_rejected_whether_or_not_storage_vouches(bool vouches)
    {
        await using var host = new UploadHost(new FakeBucket { VouchesForChecksums = vouches });
        var grant = await host.GrantAsync(UploadHost.Request with { ChecksumSha256 = Sha256("hello, World") });
        host.Bucket.Put(grant.Record.StagingKey, UploadHost.Text);

        await ShouldBeRejected(host, grant, "The SHA-256 of what arrived is not the one that was promised.*");
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    public async Task The_right_checksum_is_taken_and_the_bytes_are_read_for_it_only_when_storage_does_not_vouch(bool vouches, int reads)
    {
        await using var host = new UploadHost(new FakeBucket { VouchesForChecksums = vouches });
        var grant = await host.GrantAsync(UploadHost.Request with { ChecksumSha256 = Sha256(UploadHost.Text) });
        host.Bucket.Put(grant.Record.StagingKey, UploadHost.Text);

        (await host.ConfirmAsync(grant)).Value!.Status.Should().Be(UploadStatus.Ready);
        host.Bucket.Count(BucketVerb.OpenRead).Should().Be(reads, "the first look is at the type");
    }

    [Fact]
    public async Task In_place_nothing_is_copied()
    {
        await using var host = new UploadHost(profile: notes => notes.Finalisation = Finalisation.InPlace);
        var grant = await host.UploadAsync();

        var record = (await host.ConfirmAsync(grant)).Value!;

        record.Status.Should().Be(UploadStatus.Ready);
        record.DueAt.Should().BeNull("there is no staging object to purge");
        host.Bucket.Count(BucketVerb.Copy).Should().Be(0);
        host.Bucket[record.FinalKey].Should().NotBeNull();
    }

    internal static async Task ShouldBeRejected(UploadHost host, UploadGrant grant, string detail)
    {
        var result = await host.ConfirmAsync(grant);

        result.Error!.Reason.Should().Be(UploadErrorReason.Mismatch);
        result.Error.Detail.Should().Match(detail);
        (await host.StatusOf(grant)).Should().Be(UploadStatus.Rejected);
        host.Bucket.Keys.Should().BeEmpty();
        (await host.Service.GetContentAsync(grant.Record.Id, grant.ReadToken)).Error!.Reason.Should().Be(UploadErrorReason.Deleted);
        (await host.ConfirmAsync(grant)).Error.Should().Be(result.Error, "confirming again gives the same answer");
    }

    private static string Sha256(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
