using DirectUpload.Uploads;

namespace DirectUpload.Tests.Service;

public sealed class QuotaTests
{
    [Fact]
    public async Task So_many_uploads_may_be_pending_and_no_more()
    {
        await using var host = new UploadHost(profile: notes => notes.MaxPendingUploads = 2);
        await host.GrantAsync();
        await host.GrantAsync();

        var third = await host.Service.RequestAsync(UploadHost.Request, new() { Owner = "ada" });

        third.Error!.Reason.Should().Be(UploadErrorReason.QuotaExceeded);
        third.Error.Detail.Should().StartWith("More than 2 uploads would be pending.");
        (await host.Store.CountPendingAsync("notes", "ada", host.Clock.GetUtcNow())).Count.Should().Be(2);
    }

    [Fact]
    public async Task So_many_bytes_may_be_pending_and_no_more()
    {
        await using var host = new UploadHost(profile: notes => notes.MaxPendingBytes = 1000);
        await host.GrantAsync(UploadHost.Request with { Size = 600 });

        (await host.Service.RequestAsync(UploadHost.Request with { Size = 401 }, new() { Owner = "ada" })).Error!.Reason.Should().Be(UploadErrorReason.QuotaExceeded);
        await host.GrantAsync(UploadHost.Request with { Size = 400 });
    }

    [Fact]
    public async Task Each_owner_has_a_quota_and_the_anonymous_share_one()
    {
        await using var host = new UploadHost(profile: notes => notes.MaxPendingUploads = 1);
        await host.GrantAsync(owner: "ada");
        await host.GrantAsync(owner: "bob");
        await host.GrantAsync(owner: null);

        (await host.Service.RequestAsync(UploadHost.Request, UploadCaller.Anonymous)).Error!.Reason.Should().Be(UploadErrorReason.QuotaExceeded);
    }

    [Theory]
    [InlineData("finished")]
    [InlineData("expired")]
    public async Task What_has_ended_makes_room(string how)
    {
        await using var host = new UploadHost(profile: notes => notes.MaxPendingUploads = 1);
        var grant = how == "finished" ? await host.UploadAsync() : await host.GrantAsync();
        if (how == "finished")
            await host.ConfirmAsync(grant);
        else
            await host.RunWorkerAt(TimeSpan.FromMinutes(75));

        await host.GrantAsync();
    }

    [Theory]
    [InlineData("aborted", UploadMethod.Put)]
    [InlineData("aborted", UploadMethod.Post)]
    [InlineData("rejected", UploadMethod.Put)]
    [InlineData("deleted", UploadMethod.Put)]
    public async Task Request_AfterAnEnd_CountsUntilTheUrlExpires(string how, UploadMethod method)
    {
        await using var host = new UploadHost(profile: notes => (notes.Method, notes.MaxPendingUploads, notes.MaxPendingBytes, notes.MaxTotalBytes) = (method, 1, 12, 12));
        var grant = await host.GrantAsync();
        if (how != "aborted")
            host.Bucket.Put(grant.Record.StagingKey, how == "rejected" ? "longer than was promised" : UploadHost.Text);
        if (how != "aborted")
            await host.ConfirmAsync(grant);
        if (how != "rejected")
            await host.Service.DeleteAsync(grant.Record.Id, grant.WriteToken);

        host.Clock.SetUtcNow(grant.Record.GrantExpiresAt.AddTicks(-1));
        (await host.Service.RequestAsync(UploadHost.Request, new() { Owner = "ada" })).Error!.Reason.Should().Be(UploadErrorReason.QuotaExceeded);
        host.Clock.SetUtcNow(grant.Record.GrantExpiresAt);
        await host.GrantAsync();
    }

    [Fact]
    public async Task Request_AfterAnAbortInParts_MakesRoomAtOnce()
    {
        await using var host = new UploadHost(profile: notes => (notes.MultipartAbove, notes.MaxPendingUploads) = (0, 1));
        var grant = await host.GrantAsync();
        await host.Service.DeleteAsync(grant.Record.Id, grant.WriteToken);

        host.Bucket.Unfinished.Should().BeEmpty("the multipart upload is gone");
        await host.GrantAsync();
    }

    [Fact]
    public async Task Request_ThenAbortInALoop_NeverExceedsTheBytes()
    {
        await using var host = new UploadHost(profile: notes => (notes.MaxPendingUploads, notes.MaxPendingBytes) = (null, 10 * UploadHost.Text.Length));
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
    public async Task Request_ByDefault_AHundredAtOnceAndThreeHundredAMinute()
    {
        await using var host = new UploadHost(profile: notes => notes.MaxPendingUploads = null);
        for (var number = 0; number < 300; number++)
            await host.GrantAsync();

        (await host.Service.RequestAsync(UploadHost.Request, new() { Owner = "ada" })).Error!.Detail.Should().StartWith("More than 300 uploads");
        await host.GrantAsync(owner: "bob");
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await host.GrantAsync();
    }

    [Fact]
    public async Task So_many_bytes_may_be_there_altogether_and_what_is_deleted_makes_room()
    {
        await using var host = new UploadHost(profile: notes => notes.MaxTotalBytes = 3 * UploadHost.Text.Length);
        var first = await host.ReadyAsync();
        await host.ReadyAsync();
        await host.GrantAsync();

        var refused = await host.Service.RequestAsync(UploadHost.Request, new() { Owner = "ada" });
        refused.Error!.Reason.Should().Be(UploadErrorReason.QuotaExceeded);
        refused.Error.Detail.Should().Be("The owner's uploads would take more than 36 bytes. Delete some.");
        await host.GrantAsync(owner: "bob");

        await host.Service.DeleteAsync(first.Record.Id, first.WriteToken);
        (await host.Service.RequestAsync(UploadHost.Request, new() { Owner = "ada" })).Succeeded.Should().BeFalse("its URL still takes bytes");
        host.Clock.Advance(TimeSpan.FromMinutes(15));
        await host.GrantAsync();
    }

    [Fact]
    public async Task So_many_may_be_asked_for_in_a_minute_over_all_profiles()
    {
        await using var host = new UploadHost(options: it =>
        {
            it.MaxRequestsPerMinute = 3;
            it.AddProfile("others", others => others.ContentTypes.Add("*/*"));
        });
        for (var number = 0; number < 3; number++)
        {
            await host.GrantAsync(number == 1 ? UploadHost.Request with { Profile = "others" } : null);
            host.Clock.Advance(TimeSpan.FromSeconds(10));
        }

        var refused = await host.Service.RequestAsync(UploadHost.Request, new() { Owner = "ada" });
        refused.Error!.Reason.Should().Be(UploadErrorReason.QuotaExceeded);
        refused.Error.Detail.Should().Contain("Wait a minute");
        await host.GrantAsync(owner: "bob");

        host.Clock.Advance(TimeSpan.FromSeconds(29));
        (await host.Service.RequestAsync(UploadHost.Request, new() { Owner = "ada" })).Succeeded.Should().BeFalse();
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await host.GrantAsync();
        (await host.Service.RequestAsync(UploadHost.Request, new() { Owner = "ada" })).Succeeded.Should().BeFalse("the second is not a minute old yet");
    }

    [Fact]
    public async Task No_quota_no_limit()
    {
        await using var host = new UploadHost(profile: notes => notes.MaxPendingUploads = null);
        for (var number = 0; number < 150; number++)
            await host.GrantAsync();
    }

    [Fact]
    public async Task Fifty_requests_that_all_saw_the_last_place_free_never_get_past_it()
    {
        await using var host = new UploadHost(profile: notes => notes.MaxPendingUploads = 1, store: new CrowdedStore(50));

        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => host.Service.RequestAsync(UploadHost.Request, new() { Owner = "ada" })));

        results.Count(result => result.Succeeded).Should().BeLessThanOrEqualTo(1);
        (await host.Store.CountPendingAsync("notes", "ada", host.Clock.GetUtcNow())).Count.Should().Be(results.Count(result => result.Succeeded));
    }

    [Fact]
    public async Task Fifty_requests_at_once_never_get_past_it()
    {
        for (var round = 0; round < 20; round++)
        {
            await using var host = new UploadHost(profile: notes =>
            {
                notes.MaxPendingUploads = 10;
                notes.MaxPendingBytes = 8 * UploadHost.Text.Length;
            });
            var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => host.Service.RequestAsync(UploadHost.Request, new() { Owner = "ada" }))));

            var granted = results.Count(result => result.Succeeded);
            granted.Should().BeLessThanOrEqualTo(8);
            results.Where(result => !result.Succeeded).Should().OnlyContain(result => result.Error!.Reason == UploadErrorReason.QuotaExceeded);
            (await host.Store.CountPendingAsync("notes", "ada", host.Clock.GetUtcNow())).Count.Should().Be(granted, "what was refused isn't counted");
            for (; granted < 8; granted++)
                await host.GrantAsync();
        }
    }
}
