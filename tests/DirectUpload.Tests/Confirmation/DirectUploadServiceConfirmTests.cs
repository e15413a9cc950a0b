using System.Security.Cryptography;
using System.Text;
using DirectUpload.Tests.Fixtures;

namespace DirectUpload.Tests.Confirmation;

public sealed class DirectUploadServiceConfirmTests
{
    private static readonly byte[] Png =
    [
        0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0,
    ];

    [Fact]
    public async Task Confirm_MatchingObject_IsReadyAtTheFinalKey()
    {
        await using var host = new UploadHost(profile: notes => notes.ObjectSettings.CacheControl = "private");
        var grant = await host.UploadAsync();
        var record = (await host.ConfirmAsync(grant)).Value!;

        record.Status.Should().Be(UploadStatus.Ready);
        record.Size.Should().Be(UploadHost.Text.Length);
        record.ETag.Should().Be(host.Bucket[record.Key!]!.ETag);
        record.Attempts.Should().Be(1);
        record.Record!.Transitions.Select(step => step.Status).Should().Equal(
            UploadStatus.Requested, UploadStatus.Uploaded, UploadStatus.Processing, UploadStatus.Ready);
        host.Bucket[record.Key!].Should().BeEquivalentTo(new
        {
            ContentType = "text/plain",
            Settings = new { CacheControl = "private", ContentDisposition = "attachment; filename=\"note.txt\"" },
        });
    }

    [Fact]
    public async Task Confirm_BeforeUpload_IsNotUploadedThenSucceeds()
    {
        await using var host = new UploadHost();
        var grant = await host.GrantAsync();

        (await host.ConfirmAsync(grant)).Error!.Code.Should().Be(UploadErrorCodes.NotUploaded);
        (await host.GetStatusAsync(grant)).Should().Be(UploadStatus.Requested);
        host.Bucket.Put(grant.Record.StagingKey, UploadHost.Text);
        (await host.ConfirmAsync(grant)).Value!.Status.Should().Be(UploadStatus.Ready);
    }

    [Fact]
    public async Task Confirm_Twice_ReturnsTheSameAndCopiesOnce()
    {
        await using var host = new UploadHost();
        var grant = await host.UploadAsync();
        var first = await host.ConfirmAsync(grant);
        var second = await host.ConfirmAsync(grant);

        second.Should().BeEquivalentTo(first);
        host.Bucket.Count(BucketOperation.Copy).Should().Be(1);
    }

    [Fact]
    public async Task Confirm_64Concurrently_CopiesOnceAndAllAgree()
    {
        await using var host = new UploadHost(clock: TimeProvider.System);
        var grant = await host.UploadAsync();
        host.Bucket.BeforeCall = (verb, _) => verb == BucketOperation.Copy ? Task.Delay(50) : Task.Delay(1);

        var results = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => host.ConfirmAsync(grant))));

        results.Should().AllSatisfy(result => result.Should().BeEquivalentTo(results[0]));
        results[0].Value!.Status.Should().Be(UploadStatus.Ready);
        host.Bucket.Count(BucketOperation.Copy).Should().Be(1);
    }

    [Fact]
    public async Task Confirm_64ConcurrentlyOfWrongObject_AllMismatch()
    {
        await using var host = new UploadHost(clock: TimeProvider.System);
        var grant = await host.GrantAsync();
        host.Bucket.Put(grant.Record.StagingKey, "shorter");
        host.Bucket.BeforeCall = (_, _) => Task.Delay(Random.Shared.Next(5));

        var results = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => host.ConfirmAsync(grant))));

        results.Select(result => result.Error!.Code).Distinct().Should().Equal(UploadErrorCodes.Mismatch);
    }

    [Theory]
    [InlineData("rejected", UploadErrorCodes.Mismatch, false)]
    [InlineData("aborted", UploadErrorCodes.Conflict, false)]
    [InlineData("aborted", UploadErrorCodes.Conflict, true)]
    public async Task Confirm_UploadEndsDuringConfirm_ReportsHowItEnded(string how, string reason, bool copiesFirst)
    {
        await using var host = new UploadHost(new FakeBucket { VerifiesCopies = copiesFirst });
        var grant = await host.GrantAsync();
        host.Bucket.Put(grant.Record.StagingKey, how == "rejected" ? "shorter" : UploadHost.Text);
        var slow = new TaskCompletionSource();
        var first = true;
        host.Bucket.BeforeCall = (verb, _) => verb is BucketOperation.Head or BucketOperation.Copy && Interlocked.Exchange(ref first, false)
            ? slow.Task
            : Task.CompletedTask;

        var early = host.ConfirmAsync(grant);
        if (how == "rejected")
            await host.ConfirmAsync(grant);
        else
            await host.Service.DeleteAsync(grant.Record.Id, grant.WriteToken);
        slow.SetResult();

        (await early).Error!.Code.Should().Be(reason);
    }

    [Fact]
    public async Task Confirm_DuringAnotherConfirm_ReturnsProcessing()
    {
        await using var host = new UploadHost(options: it => it.ConcurrentConfirmTimeout = TimeSpan.Zero);
        var grant = await host.UploadAsync();
        var copying = new TaskCompletionSource();
        var resume = new TaskCompletionSource();
        host.Bucket.BeforeCall = (verb, _) =>
        {
            if (verb != BucketOperation.Copy)
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
    [InlineData("hello", "The client declared 12 bytes, but the file has 5.*")]
    [InlineData("", "The client declared 12 bytes, but the file has 0.*")]
    [InlineData("hello, world!", "The client declared 12 bytes, but the file has 13.*")]
    public async Task Confirm_WrongSize_IsRejectedAndDeleted(string text, string detail)
    {
        await using var host = new UploadHost();
        var grant = await host.GrantAsync();
        host.Bucket.Put(grant.Record.StagingKey, text);

        await ShouldBeRejectedAsync(host, grant, detail);
    }

    [Fact]
    public async Task Confirm_WrongStoredType_IsRejectedAndDeleted()
    {
        // The type of a copy is what the application sets, and storage has compared the sent one with the signature.
        await using var host = new UploadHost(new FakeBucket { VerifiesCopies = false });
        var grant = await host.GrantAsync();
        host.Bucket.Put(grant.Record.StagingKey, UploadHost.Text, "text/html");

        await ShouldBeRejectedAsync(host, grant, "The client declared the type text/plain, but stored the object with another.*");
    }

    [Fact]
    public async Task Confirm_StoredTypeInOtherCase_Succeeds()
    {
        await using var host = new UploadHost();
        var grant = await host.GrantAsync();
        host.Bucket.Put(grant.Record.StagingKey, UploadHost.Text, "Text/Plain");

        (await host.ConfirmAsync(grant)).Succeeded.Should().BeTrue();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Confirm_WrongContent_IsRejectedAndDeleted(bool inPlace)
    {
        await using var host = new UploadHost(profile: notes => notes.FinalizeInPlace = inPlace);
        var grant = await host.GrantAsync(UploadHost.Request with { FileName = "a.png", ContentType = "image/png" });
        host.Bucket.Put(grant.Record.StagingKey, UploadHost.Text, "image/png");

        await ShouldBeRejectedAsync(host, grant, "*image/png*");
    }

    [Fact]
    public async Task Confirm_ContentOfDeclaredType_Succeeds()
    {
        await using var host = new UploadHost();
        var grant = await host.GrantAsync(UploadHost.Request with { FileName = "a.png", ContentType = "image/png", Size = Png.Length });
        host.Bucket.Put(grant.Record.StagingKey, Png, "image/png");

        (await host.ConfirmAsync(grant)).Succeeded.Should().BeTrue();
    }

    [Fact]
    public async Task Confirm_OctetStream_DetectedTypeMustBeInProfile()
    {
        await using var host = new UploadHost(profile: notes => notes.ContentTypes.Clear(), options: it =>
        {
            it.Profiles["notes"].ContentTypes.Add("application/*");
        });
        var grant = await host.GrantAsync(UploadHost.Request with { ContentType = "application/octet-stream", Size = Png.Length });
        host.Bucket.Put(grant.Record.StagingKey, Png, "application/octet-stream");

        await ShouldBeRejectedAsync(
            host, grant, "The uploaded file is image/png, which the profile does not accept; allowed: application/*.");
    }

    [Fact]
    public async Task Confirm_EmptyFileWithMinSizeZero_Succeeds()
    {
        await using var host = new UploadHost(profile: notes => notes.MinSize = 0);
        var grant = await host.GrantAsync(UploadHost.Request with { Size = 0, ChecksumSha256 = ComputeSha256("") });
        host.Bucket.Put(grant.Record.StagingKey, "");

        (await host.ConfirmAsync(grant)).Value!.Status.Should().Be(UploadStatus.Ready);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Confirm_WrongChecksum_IsRejected(bool vouches)
    {
        await using var host = new UploadHost(new FakeBucket { ReportsChecksums = vouches });
        var grant = await host.GrantAsync(UploadHost.Request with { ChecksumSha256 = ComputeSha256("hello, World") });
        host.Bucket.Put(grant.Record.StagingKey, UploadHost.Text);

        await ShouldBeRejectedAsync(host, grant, "The SHA-256 of the uploaded file does not match the declared one.*");
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    public async Task Confirm_Checksum_ReadsObjectOnlyIfStorageReportsNone(bool vouches, int reads)
    {
        await using var host = new UploadHost(new FakeBucket { ReportsChecksums = vouches });
        var grant = await host.GrantAsync(UploadHost.Request with { ChecksumSha256 = ComputeSha256(UploadHost.Text) });
        host.Bucket.Put(grant.Record.StagingKey, UploadHost.Text);

        (await host.ConfirmAsync(grant)).Value!.Status.Should().Be(UploadStatus.Ready);
        host.Bucket.Count(BucketOperation.OpenRead).Should().Be(reads, "the first look is at the type");
    }

    [Fact]
    public async Task Confirm_InPlace_CopiesNothing()
    {
        await using var host = new UploadHost(profile: notes => notes.FinalizeInPlace = true);
        var grant = await host.UploadAsync();

        var record = (await host.ConfirmAsync(grant)).Value!;

        record.Status.Should().Be(UploadStatus.Ready);
        record.Record!.NextActionAt.Should().BeNull("there is no staging object to purge");
        host.Bucket.Count(BucketOperation.Copy).Should().Be(0);
        host.Bucket[record.Key!].Should().NotBeNull();
    }

    internal static async Task ShouldBeRejectedAsync(UploadHost host, UploadGrant grant, string detail)
    {
        var result = await host.ConfirmAsync(grant);

        result.Error!.Code.Should().Be(UploadErrorCodes.Mismatch);
        result.Error.Message.Should().Match(detail);
        (await host.GetStatusAsync(grant)).Should().Be(UploadStatus.Rejected);
        host.Bucket.Keys.Should().BeEmpty();
        (await host.Service.CreateDownloadUrlAsync(grant.Record.Id, grant.ReadToken)).Error!.Code.Should().Be(UploadErrorCodes.Deleted);
        (await host.ConfirmAsync(grant)).Error.Should().Be(result.Error, "confirming again gives the same answer");
    }

    private static string ComputeSha256(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
