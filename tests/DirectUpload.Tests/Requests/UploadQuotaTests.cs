using DirectUpload.StoreConformance;
using DirectUpload.Tests.Fixtures;

namespace DirectUpload.Tests.Requests;

public sealed class UploadQuotaTests
{
    [Fact]
    public async Task Request_AboveMaxPendingUploads_IsRefused()
    {
        await using var host = new UploadHost(profile: notes => notes.MaxPendingUploadsPerOwner = 2);
        await host.GrantAsync();
        await host.GrantAsync();

        var third = await host.Service.RequestAsync(UploadHost.Request, new() { Owner = "ada" });

        third.Error!.Code.Should().Be(UploadErrorCodes.QuotaExceeded);
        third.Error.Message.Should().StartWith("More than 2 uploads would be pending.");
        (await host.Store.CountPendingAsync("notes", "ada", host.Clock.GetUtcNow())).Count.Should().Be(2);
    }

    [Fact]
    public async Task Request_AboveMaxPendingBytes_IsRefused()
    {
        await using var host = new UploadHost(profile: notes => notes.MaxPendingBytesPerOwner = 1000);
        await host.GrantAsync(UploadHost.Request with { Size = 600 });

        (await host.Service.RequestAsync(UploadHost.Request with { Size = 401 }, new() { Owner = "ada" })).Error!.Code
            .Should().Be(UploadErrorCodes.QuotaExceeded);
        await host.GrantAsync(UploadHost.Request with { Size = 400 });
    }

    [Fact]
    public async Task Request_AnonymousCallers_ShareOneQuota()
    {
        await using var host = new UploadHost(profile: notes => notes.MaxPendingUploadsPerOwner = 1);
        await host.GrantAsync(owner: "ada");
        await host.GrantAsync(owner: "bob");
        await host.GrantAsync(owner: null);

        (await host.Service.RequestAsync(UploadHost.Request, UploadCaller.Anonymous)).Error!.Code
            .Should().Be(UploadErrorCodes.QuotaExceeded);
    }

    [Theory]
    [InlineData("finished")]
    [InlineData("expired")]
    public async Task Request_AfterFinishedOrExpired_FreesQuota(string how)
    {
        await using var host = new UploadHost(profile: notes => notes.MaxPendingUploadsPerOwner = 1);
        var grant = how == "finished" ? await host.UploadAsync() : await host.GrantAsync();
        if (how == "finished")
            await host.ConfirmAsync(grant);
        else
            await host.RunWorkerAtAsync(TimeSpan.FromMinutes(75));

        await host.GrantAsync();
    }

    [Theory]
    [InlineData("aborted", UploadMethod.Put)]
    [InlineData("aborted", UploadMethod.Post)]
    [InlineData("rejected", UploadMethod.Put)]
    [InlineData("deleted", UploadMethod.Put)]
    public async Task Request_AfterDelete_CountsUntilTheUrlExpires(string how, UploadMethod method)
    {
        await using var host = new UploadHost(profile: notes => (notes.UploadMethod, notes.MaxPendingUploadsPerOwner,
            notes.MaxPendingBytesPerOwner, notes.MaxStoredBytesPerOwner) = (method, 1, 12, 12));
        var grant = await host.GrantAsync();
        if (how != "aborted")
            host.Bucket.Put(grant.Record.StagingKey, how == "rejected" ? "longer than was promised" : UploadHost.Text);
        if (how != "aborted")
            await host.ConfirmAsync(grant);
        if (how != "rejected")
            await host.Service.DeleteAsync(grant.Record.Id, grant.WriteToken);

        host.Clock.SetUtcNow(grant.Record.GrantExpiresAt.AddTicks(-1));
        (await host.Service.RequestAsync(UploadHost.Request, new() { Owner = "ada" })).Error!.Code
            .Should().Be(UploadErrorCodes.QuotaExceeded);
        host.Clock.SetUtcNow(grant.Record.GrantExpiresAt);
        await host.GrantAsync();
    }

    [Fact]
    public async Task Request_AfterMultipartAbort_FreesQuotaImmediately()
    {
        await using var host = new UploadHost(profile: notes => (notes.MultipartThreshold, notes.MaxPendingUploadsPerOwner) = (0, 1));
        var grant = await host.GrantAsync();
        await host.Service.DeleteAsync(grant.Record.Id, grant.WriteToken);

        host.Bucket.Unfinished.Should().BeEmpty("the multipart upload is gone");
        await host.GrantAsync();
    }

    [Fact]
    public async Task Request_ThenAbortInALoop_NeverExceedsPendingBytes()
    {
        await using var host = new UploadHost(
            profile: notes => (notes.MaxPendingUploadsPerOwner, notes.MaxPendingBytesPerOwner) = (null, 10 * UploadHost.Text.Length));
        var granted = new List<UploadGrant>();
        for (var number = 0; number < 60; number++)
        {
            if ((await host.Service.RequestAsync(UploadHost.Request, new() { Owner = "ada" })).Value is not { } grant)
                continue;
            granted.Add(grant);
            await host.Service.DeleteAsync(grant.Record.Id, grant.WriteToken);
        }

        granted.Should().HaveCount(10, "each URL still takes bytes");
    }

    [Fact]
    public async Task Request_Default_AllowsThreeHundredPerMinute()
    {
        await using var host = new UploadHost(profile: notes => notes.MaxPendingUploadsPerOwner = null);
        for (var number = 0; number < 300; number++)
            await host.GrantAsync();

        (await host.Service.RequestAsync(UploadHost.Request, new() { Owner = "ada" })).Error!.Message
            .Should().StartWith("More than 300 uploads");
        await host.GrantAsync(owner: "bob");
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await host.GrantAsync();
    }

    [Fact]
    public async Task Request_AboveMaxStoredBytes_IsRefusedUntilDeletion()
    {
        await using var host = new UploadHost(profile: notes => notes.MaxStoredBytesPerOwner = 3 * UploadHost.Text.Length);
        var first = await host.ReadyAsync();
        await host.ReadyAsync();
        await host.GrantAsync();

        var refused = await host.Service.RequestAsync(UploadHost.Request, new() { Owner = "ada" });
        refused.Error!.Code.Should().Be(UploadErrorCodes.QuotaExceeded);
        refused.Error.Message.Should().Be("The owner's uploads would take more than 36 bytes. Delete some uploads first.");
        await host.GrantAsync(owner: "bob");

        await host.Service.DeleteAsync(first.Record.Id, first.WriteToken);
        (await host.Service.RequestAsync(UploadHost.Request, new() { Owner = "ada" })).Succeeded
            .Should().BeFalse("its URL still takes bytes");
        host.Clock.Advance(TimeSpan.FromMinutes(15));
        await host.GrantAsync();
    }

    [Fact]
    public async Task Request_RatePerMinute_SpansAllProfiles()
    {
        await using var host = new UploadHost(options: it =>
        {
            it.MaxRequestsPerMinutePerOwner = 3;
            it.AddProfile("others", others => others.ContentTypes.Add("*/*"));
        });
        for (var number = 0; number < 3; number++)
        {
            await host.GrantAsync(number == 1 ? UploadHost.Request with { Profile = "others" } : null);
            host.Clock.Advance(TimeSpan.FromSeconds(10));
        }

        var refused = await host.Service.RequestAsync(UploadHost.Request, new() { Owner = "ada" });
        refused.Error!.Code.Should().Be(UploadErrorCodes.QuotaExceeded);
        refused.Error.Message.Should().Contain("Wait a minute");
        await host.GrantAsync(owner: "bob");

        host.Clock.Advance(TimeSpan.FromSeconds(29));
        (await host.Service.RequestAsync(UploadHost.Request, new() { Owner = "ada" })).Succeeded.Should().BeFalse();
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await host.GrantAsync();
        (await host.Service.RequestAsync(UploadHost.Request, new() { Owner = "ada" })).Succeeded
            .Should().BeFalse("the second is not a minute old yet");
    }

    [Fact]
    public async Task Request_NoQuota_IsUnlimited()
    {
        await using var host = new UploadHost(profile: notes => notes.MaxPendingUploadsPerOwner = null);
        for (var number = 0; number < 150; number++)
            await host.GrantAsync();
    }

    [Fact]
    public async Task Request_FarBelowQuota_ReadsTheUsageOnce()
    {
        var store = new QuotaCallStore();
        await using var host = new UploadHost(profile: notes => notes.MaxStoredBytesPerOwner = 1000, store: store);

        await host.GrantAsync();

        store.Calls.Should().Equal("Add", "GetUsage");
    }

    [Fact]
    public async Task Request_WithoutQuota_ReadsNoUsage()
    {
        var store = new QuotaCallStore();
        await using var host = new UploadHost(
            profile: notes => notes.MaxPendingUploadsPerOwner = null, options: it => it.MaxRequestsPerMinutePerOwner = null, store: store);

        await host.GrantAsync();

        store.Calls.Should().Equal("Add");
    }

    [Theory]
    [InlineData("pending uploads")]
    [InlineData("pending bytes")]
    [InlineData("stored bytes")]
    [InlineData("requests")]
    public async Task Request_AboveHalfOfAQuota_AddsNoRecordThatIsRefused(string quota)
    {
        var store = new QuotaCallStore();
        await using var host = new UploadHost(
            profile: notes =>
            {
                notes.MaxPendingUploadsPerOwner = quota == "pending uploads" ? 3 : null;
                notes.MaxPendingBytesPerOwner = quota == "pending bytes" ? 3 * UploadHost.Text.Length : null;
                notes.MaxStoredBytesPerOwner = quota == "stored bytes" ? 3 * UploadHost.Text.Length : null;
            },
            options: it => it.MaxRequestsPerMinutePerOwner = quota == "requests" ? 3 : null,
            store: store);
        for (var number = 0; number < 3; number++)
            await host.GrantAsync();
        store.Calls.Clear();

        (await host.Service.RequestAsync(UploadHost.Request, new() { Owner = "ada" })).Error!.Code
            .Should().Be(UploadErrorCodes.QuotaExceeded);

        store.Calls.Should().Equal("GetUsage");
    }

    [Fact]
    public async Task Request_LargerThanAQuota_AsksNothing()
    {
        var store = new QuotaCallStore();
        await using var host = new UploadHost(
            profile: notes => notes.MaxStoredBytesPerOwner = UploadHost.Text.Length - 1, store: store);

        (await host.Service.RequestAsync(UploadHost.Request, new() { Owner = "ada" })).Error!.Code
            .Should().Be(UploadErrorCodes.QuotaExceeded);

        store.Calls.Should().BeEmpty();
    }

    /// <summary>As after a restart, when the process does not know that the owner is near a limit.</summary>
    [Fact]
    public async Task Request_AboveQuotaOfAnUnknownOwner_LeavesNoRecord()
    {
        var store = new QuotaCallStore();
        await using (var before = new UploadHost(profile: notes => notes.MaxPendingUploadsPerOwner = 1, store: store))
            await before.GrantAsync();
        await using var host = new UploadHost(profile: notes => notes.MaxPendingUploadsPerOwner = 1, store: store);
        store.Calls.Clear();

        (await host.Service.RequestAsync(UploadHost.Request, new() { Owner = "ada" })).Error!.Code
            .Should().Be(UploadErrorCodes.QuotaExceeded);

        store.Calls.Should().Equal("Add", "GetUsage", "Delete", "GetUsage");
        (await store.ListAsync(UploadFilter.ForOwner("ada"), 10)).Should().ContainSingle();
    }

    [Fact]
    public async Task Request_WithinQuotaBesideARefusedOne_IsGranted()
    {
        var store = new QuotaCallStore();
        await using var host = new UploadHost(profile: notes => notes.MaxPendingUploadsPerOwner = 1, store: store);
        var other = await host.Store.AddAsync(TestData.CreateRecord() with { Profile = "notes", Owner = "ada", DeclaredSize = 1 });
        store.OnUsageRead = async () => await store.DeleteAsync(other.Id);

        await host.GrantAsync();

        (await store.ListAsync(UploadFilter.ForOwner("ada"), 10)).Should().ContainSingle();
    }

    [Fact]
    public async Task Request_AboveQuotaOfADisconnectedClient_LeavesNoRecord()
    {
        using var client = new CancellationTokenSource();
        var store = new QuotaCallStore();
        await using (var before = new UploadHost(profile: notes => notes.MaxPendingUploadsPerOwner = 1, store: store))
            await before.GrantAsync();
        await using var host = new UploadHost(profile: notes => notes.MaxPendingUploadsPerOwner = 1, store: store);
        store.OnUsageRead = client.CancelAsync;

        var request = () => host.Service.RequestAsync(UploadHost.Request, new() { Owner = "ada" }, cancellationToken: client.Token);
        await request.Should().ThrowAsync<OperationCanceledException>();

        (await store.ListAsync(UploadFilter.ForOwner("ada"), 10)).Should().ContainSingle();
    }

    [Fact]
    public async Task Request_FiftyAfterTheSameCount_NeverExceedQuota()
    {
        await using var host = new UploadHost(profile: notes => notes.MaxPendingUploadsPerOwner = 1, store: new CountBarrierStore(50));

        var results = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(_ => host.Service.RequestAsync(UploadHost.Request, new() { Owner = "ada" })));

        results.Count(result => result.Succeeded).Should().BeLessThanOrEqualTo(1);
        (await host.Store.CountPendingAsync("notes", "ada", host.Clock.GetUtcNow())).Count
            .Should().Be(results.Count(result => result.Succeeded));
    }

    [Fact]
    public async Task Request_FiftyConcurrently_NeverExceedQuota()
    {
        for (var round = 0; round < 20; round++)
        {
            await using var host = new UploadHost(profile: notes =>
            {
                notes.MaxPendingUploadsPerOwner = 10;
                notes.MaxPendingBytesPerOwner = 8 * UploadHost.Text.Length;
            });
            var results = await Task.WhenAll(Enumerable.Range(0, 50)
                .Select(_ => Task.Run(() => host.Service.RequestAsync(UploadHost.Request, new() { Owner = "ada" }))));

            var granted = results.Count(result => result.Succeeded);
            granted.Should().BeLessThanOrEqualTo(8);
            results.Where(result => !result.Succeeded).Should().OnlyContain(result => result.Error!.Code == UploadErrorCodes.QuotaExceeded);
            (await host.Store.CountPendingAsync("notes", "ada", host.Clock.GetUtcNow())).Count
                .Should().Be(granted, "what was refused isn't counted");
            for (; granted < 8; granted++)
                await host.GrantAsync();
        }
    }
}
