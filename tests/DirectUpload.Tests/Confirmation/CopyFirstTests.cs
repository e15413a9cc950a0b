using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Text;
using DirectUpload.Lifecycle;
using DirectUpload.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Tests.Confirmation;

/// <summary>A confirm copies the object before it is verified, and looks at nothing but the copy.</summary>
public sealed class CopyFirstTests
{
    private const string SameLength = "HELLO, WORLD";

    [Fact]
    public async Task Confirm_CopiesFirstAndReadsTheCopyOnce()
    {
        var bucket = new FakeBucket();
        await using var host = new UploadHost(bucket);
        var grant = await host.UploadAsync();
        var calls = new List<(BucketOperation, string)>();
        bucket.BeforeCall = (verb, key) =>
        {
            calls.Add((verb, key));
            return Task.CompletedTask;
        };

        (await host.ConfirmAsync(grant)).Value!.Status.Should().Be(UploadStatus.Ready);

        calls.Should().Equal((BucketOperation.Copy, grant.Record.StagingKey), (BucketOperation.OpenRead, grant.Record.FinalKey));
    }

    [Fact]
    public async Task Confirm_RepeatedBeforeUpload_CopiesAtMostOnce()
    {
        await using var host = new UploadHost();
        var grant = await host.GrantAsync();
        var before = await host.GetRecordAsync(grant);

        for (var confirm = 0; confirm < 5; confirm++)
            (await host.ConfirmAsync(grant)).Error!.Code.Should().Be(UploadErrorCodes.NotUploaded);

        host.Bucket.Count(BucketOperation.Copy).Should().Be(1);
        (await host.GetRecordAsync(grant)).Should().BeEquivalentTo(
            before, same => same.Excluding(record => record.Version).Excluding(record => record.Attempts));
        host.Bucket.Put(grant.Record.StagingKey, UploadHost.Text);
        (await host.ConfirmAsync(grant)).Value!.Status.Should().Be(UploadStatus.Ready);
        host.Bucket.Count(BucketOperation.Copy).Should().Be(2);
    }

    [Fact]
    public async Task Confirm_BeforeUploadThenNothing_ExpiresAsEver()
    {
        await using var host = new UploadHost();
        var grant = await host.GrantAsync();
        await host.ConfirmAsync(grant);

        await host.RunWorkerAtAsync(TimeSpan.FromHours(3));

        (await host.GetStatusAsync(grant)).Should().Be(UploadStatus.Expired);
    }

    [Theory]
    [InlineData("shorter")]
    [InlineData("longer than declared")]
    public async Task Confirm_WrongSize_IsRejectedAndBothObjectsAreDeleted(string text)
    {
        await using var host = new UploadHost();
        var grant = await host.GrantAsync();
        host.Bucket.Put(grant.Record.StagingKey, text);

        await DirectUploadServiceConfirmTests.ShouldBeRejectedAsync(host, grant, "The client declared 12 bytes*");
    }

    [Fact]
    public async Task Confirm_RejectedAndDeleteFails_WorkerDeletesBothObjects()
    {
        await using var host = new UploadHost();
        var grant = await host.GrantAsync();
        host.Bucket.Put(grant.Record.StagingKey, "shorter");
        host.Bucket.Fail(BucketOperation.Delete);

        (await host.ConfirmAsync(grant)).Error!.Code.Should().Be(UploadErrorCodes.Mismatch);
        host.Bucket.Keys.Should().BeEquivalentTo([grant.Record.StagingKey, grant.Record.FinalKey]);
        host.Bucket.StopFailing();
        await host.Worker.RunOnceAsync();

        host.Bucket.Keys.Should().BeEmpty();
    }

    // Storage computes the SHA-256 of a copy if the copy requests it; otherwise the whole object would be read.
    [Theory]
    [InlineData(UploadHost.Text, null)]
    [InlineData(SameLength, "The SHA-256 of the uploaded file does not match*")]
    public async Task Confirm_DeclaredSha256_IsComparedWithTheCopy(string sent, string? error)
    {
        await using var host = new UploadHost(new FakeBucket { ComputesChecksumsOfCopies = true });
        var grant = await host.GrantAsync(UploadHost.Request with
        {
            ChecksumSha256 = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(UploadHost.Text))),
        });
        host.Bucket.Put(grant.Record.StagingKey, sent);

        var confirmed = await host.ConfirmAsync(grant);

        if (error is null)
            confirmed.Value!.Status.Should().Be(UploadStatus.Ready);
        else
            confirmed.Error!.Message.Should().Match(error);
        host.Bucket.Count(BucketOperation.OpenRead).Should().Be(1, "the bytes need not be read to be compared");
        host.Bucket.Count(BucketOperation.Head).Should().Be(0);
    }

    [Fact]
    public async Task Confirm_OtherTypeThanDeclared_IsPromotedAgain()
    {
        await using var host = new UploadHost();
        var text = "%PDF-1.7\n" + new string(' ', 1000);
        var grant = await host.GrantAsync(UploadHost.Request with { ContentType = "image/png", FileName = "a.png", Size = text.Length });
        host.Bucket.Put(grant.Record.StagingKey, text, "image/png");

        var ready = (await host.ConfirmAsync(grant)).Value!;

        (ready.Status, ready.ContentType).Should().Be((UploadStatus.Ready, "application/pdf"));
        host.Bucket.Keys.Should().BeEquivalentTo([grant.Record.StagingKey, ready.Key], "the copy with the wrong type is deleted");
        host.Bucket[ready.Key!]!.ContentType.Should().Be("application/pdf");
    }

    [Fact]
    public async Task Confirm_ReplacedBeforeItIsPromotedAgain_ServesNothingThatWasNotInspected()
    {
        await using var host = new UploadHost();
        var text = "%PDF-1.7\n" + new string(' ', 1000);
        var grant = await host.GrantAsync(UploadHost.Request with { ContentType = "image/png", FileName = "a.png", Size = text.Length });
        host.Bucket.Put(grant.Record.StagingKey, text, "image/png");
        host.Bucket.BeforeCall = (verb, _) =>
        {
            if (verb == BucketOperation.Head)
                host.Bucket.Put(grant.Record.StagingKey, "<html><script>" + new string(' ', text.Length - 14), "image/png");
            return Task.CompletedTask;
        };

        await DirectUploadServiceConfirmTests.ShouldBeRejectedAsync(host, grant, "*");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Confirm_ProcessDied_WorkerTakesOverWhenTheLeaseEnds(bool afterCopy)
    {
        await using var host = new UploadHost();
        var grant = await host.UploadAsync();
        var policy = host.Services.GetRequiredService<LifecyclePolicy>();
        await host.Store.TryUpdateAsync(UploadLifecycle.Apply(
            await host.GetRecordAsync(grant), new UploadEvent.CopyStarted(grant.Record.FinalKey), host.Clock.GetUtcNow(), policy));
        if (afterCopy)
            host.Bucket.Put(grant.Record.FinalKey, UploadHost.Text);

        (await host.RunWorkerAtAsync(policy.Lease - TimeSpan.FromSeconds(1))).Should().Be(0, "another process may still hold the lease");
        (await host.Service.GetAsync(grant.Record.Id, grant.ReadToken)).Value!.Status.Should().Be(UploadStatus.Processing);
        await host.RunWorkerAtAsync(policy.Lease + TimeSpan.FromSeconds(1));

        var ready = await host.GetRecordAsync(grant);
        (ready.Status, ready.Attempts).Should().Be((UploadStatus.Ready, 2));
        host.Bucket.Keys.Should().BeEquivalentTo([grant.Record.StagingKey, ready.FinalKey]);
    }

    [Fact]
    public async Task Confirm_ProcessDiedAndNoObject_IsLeftToTheClientAgain()
    {
        await using var host = new UploadHost();
        var grant = await host.GrantAsync();
        var before = await host.GetRecordAsync(grant);
        await host.Store.TryUpdateAsync(UploadLifecycle.Apply(
            before, new UploadEvent.CopyStarted(grant.Record.FinalKey), host.Clock.GetUtcNow(),
            host.Services.GetRequiredService<LifecyclePolicy>()));

        await host.RunWorkerAtAsync(TimeSpan.FromMinutes(6));

        var after = await host.GetRecordAsync(grant);
        (after.Status, after.NextActionAt).Should().Be((UploadStatus.Requested, before.NextActionAt));
        host.Bucket.Put(grant.Record.StagingKey, UploadHost.Text);
        (await host.ConfirmAsync(grant)).Value!.Status.Should().Be(UploadStatus.Ready);
    }

    [Fact]
    public async Task Confirm_StorageFails_CountsTheRetry()
    {
        var profile = $"p{Guid.NewGuid():N}";
        await using var host = new UploadHost(
            options: it => it.AddProfile(profile, notes => notes.ContentTypes.Add("text/plain")));
        var retries = new List<object?>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, meters) =>
            {
                if (instrument.Name == "directupload.retries")
                    meters.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            var values = tags.ToArray().Select(tag => tag.Value).ToList();
            if (values.Contains(profile))
                retries.Add(values.Single(value => value is not string text || text != profile));
        });
        listener.Start();
        var grant = await host.GrantAsync(UploadHost.Request with { Profile = profile });
        host.Bucket.Put(grant.Record.StagingKey, UploadHost.Text);
        host.Bucket.Fail(BucketOperation.Copy);

        await host.Awaiting(it => it.ConfirmAsync(grant)).Should().ThrowAsync<HttpRequestException>();

        retries.Should().Equal("unavailable");
    }

    [Fact]
    public async Task Confirm_DuringRenewal_KeepsItsLease()
    {
        await using var host = new UploadHost();
        var grant = await host.UploadAsync();
        var slow = new TaskCompletionSource();
        host.Bucket.BeforeCall = (verb, _) => verb == BucketOperation.Copy ? slow.Task : Task.CompletedTask;
        var confirming = host.ConfirmAsync(grant);
        var leased = await host.GetRecordAsync(grant);

        (await host.Service.RenewAsync(grant.Record.Id, grant.WriteToken)).Succeeded.Should().BeTrue();
        (await host.GetRecordAsync(grant)).NextActionAt.Should().Be(leased.NextActionAt);
        slow.SetResult();

        (await confirming).Value!.Status.Should().Be(UploadStatus.Ready);
    }
}
