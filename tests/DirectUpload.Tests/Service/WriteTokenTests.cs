using DirectUpload.Uploads;

namespace DirectUpload.Tests.Service;

public sealed class WriteTokenTests
{
    private static readonly string[] Calls = ["get", "content", "open", "confirm", "renew", "parts", "sign", "delete"];

    [Theory]
    [InlineData(UploadStatus.Ready)]
    [InlineData(UploadStatus.Rejected)]
    [InlineData(UploadStatus.Aborted)]
    [InlineData(UploadStatus.Deleted)]
    public async Task EveryCall_AfterTheLifetime_FindsNothing(UploadStatus status)
    {
        await using var host = new UploadHost();
        var grant = await EndedAsync(host, status);

        host.Clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(1));
        (await CallAsync(host, "get", grant)).Should().BeNull();
        host.Clock.Advance(TimeSpan.FromSeconds(2));
        foreach (var call in Calls)
            (await CallAsync(host, call, grant))!.Reason.Should().Be(UploadErrorReason.NotFound, call);
        (await host.StatusOf(grant)).Should().Be(status);
    }

    [Fact]
    public async Task EveryCall_WhilePending_IsOpenHoweverLong()
    {
        await using var host = new UploadHost(profile: notes => notes.WriteTokenLifetime = TimeSpan.FromSeconds(1));
        var grant = await host.UploadAsync();
        host.Clock.Advance(TimeSpan.FromMinutes(14));

        (await host.ConfirmAsync(grant)).Succeeded.Should().BeTrue();
        (await host.ConfirmAsync(grant)).Succeeded.Should().BeTrue("its answer may have been lost");
    }

    [Fact]
    public async Task Get_DeletedByTheHostAfterTheLifetime_StaysClosed()
    {
        await using var host = new UploadHost();
        var grant = await host.ReadyAsync();
        host.Clock.Advance(TimeSpan.FromHours(2));
        await host.Service.DeleteAsHostAsync(grant.Record.Id);

        (await CallAsync(host, "get", grant))!.Reason.Should().Be(UploadErrorReason.NotFound);
        (await host.Service.GetAsync(grant.Record.Id, grant.ReadToken)).Succeeded.Should().BeTrue();
    }

    [Fact]
    public async Task Get_RetriedAfterTheLifetime_StaysClosed()
    {
        await using var host = new UploadHost();
        var failed = (await host.GrantAsync()).Record;
        var now = host.Clock.GetUtcNow();
        failed = failed.MovedTo(UploadStatus.Uploaded, now).MovedTo(UploadStatus.Processing, now).MovedTo(UploadStatus.Failed, now);

        WriteTokenLife.IsOver(failed, TimeSpan.FromHours(1), now.AddMinutes(59)).Should().BeFalse();
        var retried = failed.MovedTo(UploadStatus.Uploaded, now.AddHours(2));
        WriteTokenLife.IsOver(retried, TimeSpan.FromHours(1), now.AddHours(2)).Should().BeTrue();
        for (var times = 0; times < 100; times++)
            retried = retried.MovedTo(UploadStatus.Processing, now.AddHours(2)).MovedTo(UploadStatus.Uploaded, now.AddHours(2));
        WriteTokenLife.IsOver(retried, TimeSpan.FromHours(1), now.AddHours(2)).Should().BeTrue("however much the audit dropped since");
        WriteTokenLife.IsOver(failed.MovedTo(UploadStatus.Uploaded, now.AddMinutes(30)), TimeSpan.FromHours(1), now.AddHours(9)).Should().BeFalse("its processing is not over");
    }

    [Fact]
    public async Task RotateWriteToken_Ready_OpensAnewAndTheOldOneNothing()
    {
        await using var host = new UploadHost();
        var grant = await host.ReadyAsync();
        host.Clock.Advance(TimeSpan.FromDays(1));

        var rotated = (await host.Service.RotateWriteTokenAsHostAsync(grant.Record.Id)).Value!;

        rotated.ExpiresAt.Should().Be(host.Clock.GetUtcNow().AddHours(1));
        (await CallAsync(host, "get", grant))!.Reason.Should().Be(UploadErrorReason.NotFound);
        (await host.Service.GetAsync(grant.Record.Id, rotated.WriteToken)).Succeeded.Should().BeTrue();
        host.Clock.Advance(TimeSpan.FromHours(1));
        (await host.Service.DeleteAsync(grant.Record.Id, rotated.WriteToken)).Error!.Reason.Should().Be(UploadErrorReason.NotFound);
    }

    [Fact]
    public async Task RotateWriteToken_Pending_ConfirmsByTheNewOne()
    {
        await using var host = new UploadHost();
        var grant = await host.UploadAsync();
        var rotated = (await host.Service.RotateWriteTokenAsHostAsync(grant.Record.Id)).Value!;

        rotated.ExpiresAt.Should().BeNull();
        (await host.ConfirmAsync(grant)).Error!.Reason.Should().Be(UploadErrorReason.NotFound);
        (await host.Service.ConfirmAsync(grant.Record.Id, rotated.WriteToken)).Succeeded.Should().BeTrue();
    }

    [Fact]
    public async Task RotateWriteToken_WithALifetime_EndsThen()
    {
        await using var host = new UploadHost();
        var grant = await host.GrantAsync();
        var rotated = (await host.Service.RotateWriteTokenAsHostAsync(grant.Record.Id, TimeSpan.FromMinutes(5))).Value!;

        host.Clock.Advance(TimeSpan.FromMinutes(5));
        (await host.Service.GetAsync(grant.Record.Id, rotated.WriteToken)).Error!.Reason.Should().Be(UploadErrorReason.NotFound);
        (await host.Service.RotateWriteTokenAsHostAsync(UploadId.New(DateTimeOffset.UtcNow))).Error!.Reason.Should().Be(UploadErrorReason.NotFound);
        await host.Service.Awaiting(it => it.RotateWriteTokenAsHostAsync(grant.Record.Id, TimeSpan.Zero)).Should().ThrowAsync<ArgumentOutOfRangeException>();
    }

    [Fact]
    public async Task RevokeWriteToken_EveryCall_FindsNothing()
    {
        await using var host = new UploadHost();
        var grant = await host.ReadyAsync();

        (await host.Service.RevokeWriteTokenAsHostAsync(grant.Record.Id)).Should().BeTrue();

        foreach (var call in Calls)
            (await CallAsync(host, call, grant))!.Reason.Should().Be(UploadErrorReason.NotFound, call);
        (await host.Service.GetContentAsync(grant.Record.Id, grant.ReadToken)).Succeeded.Should().BeTrue();
        (await host.Service.RevokeWriteTokenAsHostAsync(UploadId.New(DateTimeOffset.UtcNow))).Should().BeFalse();
    }

    [Fact]
    public async Task Delete_ClientsMayNot_OnlyPendingOnes()
    {
        await using var host = new UploadHost(profile: notes => notes.ClientsMayDelete = false);
        var (ready, pending) = (await host.ReadyAsync(), await host.GrantAsync());

        (await host.Service.DeleteAsync(ready.Record.Id, ready.WriteToken)).Error!.Reason.Should().Be(UploadErrorReason.DeletionNotAllowed);
        (await host.Service.DeleteForClientAsync(ready.Record.Id)).Error!.Reason.Should().Be(UploadErrorReason.DeletionNotAllowed);
        (await host.StatusOf(ready)).Should().Be(UploadStatus.Ready);
        (await host.Service.DeleteAsync(pending.Record.Id, pending.WriteToken)).Value!.Status.Should().Be(UploadStatus.Aborted);
        (await host.Service.DeleteAsHostAsync(ready.Record.Id)).Value!.Status.Should().Be(UploadStatus.Deleted);
    }

    private static async Task<UploadGrant> EndedAsync(UploadHost host, UploadStatus status)
    {
        var grant = await host.GrantAsync();
        if (status != UploadStatus.Aborted)
        {
            host.Bucket.Put(grant.Record.StagingKey, status == UploadStatus.Rejected ? "longer than was promised" : UploadHost.Text);
            await host.ConfirmAsync(grant);
        }

        if (status is UploadStatus.Aborted or UploadStatus.Deleted)
            await host.Service.DeleteAsync(grant.Record.Id, grant.WriteToken);
        (await host.StatusOf(grant)).Should().Be(status);
        return grant;
    }

    private static async Task<UploadError?> CallAsync(UploadHost host, string call, UploadGrant grant)
    {
        var (id, token, uploads) = (grant.Record.Id, grant.WriteToken, host.Service);
        return call switch
        {
            "get" => (await uploads.GetAsync(id, token)).Error,
            "content" => (await uploads.GetContentAsync(id, token)).Error,
            "open" => (await uploads.OpenContentAsync(id, token)).Error,
            "confirm" => (await uploads.ConfirmAsync(id, token)).Error,
            "renew" => (await uploads.RenewAsync(id, token)).Error,
            "parts" => (await uploads.ListPartsAsync(id, token)).Error,
            "sign" => (await uploads.SignPartsAsync(id, token, [1])).Error,
            _ => (await uploads.DeleteAsync(id, token)).Error,
        };
    }
}
