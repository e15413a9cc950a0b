using DirectUpload.Lifecycle;
using DirectUpload.Tests.Fixtures;

namespace DirectUpload.Tests.Flows;

public sealed class DirectUploadServiceWriteTokenTests
{
    private static readonly string[] Calls = ["get", "content", "open", "confirm", "renew", "parts", "sign", "delete"];

    [Theory]
    [InlineData(UploadStatus.Ready)]
    [InlineData(UploadStatus.Rejected)]
    [InlineData(UploadStatus.Aborted)]
    [InlineData(UploadStatus.Deleted)]
    public async Task EveryCall_AfterTheLifetime_IsNotFound(UploadStatus status)
    {
        await using var host = new UploadHost();
        var grant = await CreateTerminalAsync(host, status);

        host.Clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(1));
        (await CallAsync(host, "get", grant)).Should().BeNull();
        host.Clock.Advance(TimeSpan.FromSeconds(2));
        foreach (var call in Calls)
            (await CallAsync(host, call, grant))!.Code.Should().Be(UploadErrorCodes.NotFound, call);
        (await host.GetStatusAsync(grant)).Should().Be(status);
    }

    [Fact]
    public async Task EveryCall_WhilePending_WorksRegardlessOfLifetime()
    {
        await using var host = new UploadHost(profile: notes => notes.WriteTokenLifetime = TimeSpan.FromSeconds(1));
        var grant = await host.UploadAsync();
        host.Clock.Advance(TimeSpan.FromMinutes(14));

        (await host.ConfirmAsync(grant)).Succeeded.Should().BeTrue();
        (await host.ConfirmAsync(grant)).Succeeded.Should().BeTrue("its answer may have been lost");
    }

    [Fact]
    public async Task Get_DeletedByTheHostAfterLifetime_IsNotFound()
    {
        await using var host = new UploadHost();
        var grant = await host.ReadyAsync();
        host.Clock.Advance(TimeSpan.FromHours(2));
        await host.Service.DeleteAsync(grant.Record.Id, UploadAccess.Application);

        (await CallAsync(host, "get", grant))!.Code.Should().Be(UploadErrorCodes.NotFound);
        (await host.Service.GetAsync(grant.Record.Id, grant.ReadToken)).Succeeded.Should().BeTrue();
    }

    [Fact]
    public async Task Get_RetriedAfterTheLifetime_StaysExpired()
    {
        await using var host = new UploadHost();
        var failed = (await host.GrantAsync()).Record;
        var now = host.Clock.GetUtcNow();
        failed = failed.TransitionTo(UploadStatus.Uploaded, now).TransitionTo(UploadStatus.Processing, now)
            .TransitionTo(UploadStatus.Failed, now);

        WriteTokenExpiry.IsExpired(failed, TimeSpan.FromHours(1), now.AddMinutes(59)).Should().BeFalse();
        var retried = failed.TransitionTo(UploadStatus.Uploaded, now.AddHours(2));
        WriteTokenExpiry.IsExpired(retried, TimeSpan.FromHours(1), now.AddHours(2)).Should().BeTrue();
        for (var times = 0; times < 100; times++)
            retried = retried.TransitionTo(UploadStatus.Processing, now.AddHours(2)).TransitionTo(UploadStatus.Uploaded, now.AddHours(2));
        WriteTokenExpiry.IsExpired(retried, TimeSpan.FromHours(1), now.AddHours(2)).Should().BeTrue("however much the audit dropped since");
        WriteTokenExpiry.IsExpired(failed.TransitionTo(UploadStatus.Uploaded, now.AddMinutes(30)), TimeSpan.FromHours(1), now.AddHours(9))
            .Should().BeFalse("its processing is not over");
    }

    [Fact]
    public async Task RotateWriteToken_Ready_ReplacesTheOldToken()
    {
        await using var host = new UploadHost();
        var grant = await host.ReadyAsync();
        host.Clock.Advance(TimeSpan.FromDays(1));

        var rotated = (await host.Service.RotateWriteTokenAsync(grant.Record.Id)).Value!;

        (await host.GetRecordAsync(grant)).WriteTokenExpiresAt.Should().Be(host.Clock.GetUtcNow().AddHours(1));
        (await CallAsync(host, "get", grant))!.Code.Should().Be(UploadErrorCodes.NotFound);
        (await host.Service.GetAsync(grant.Record.Id, rotated)).Succeeded.Should().BeTrue();
        host.Clock.Advance(TimeSpan.FromHours(1));
        (await host.Service.DeleteAsync(grant.Record.Id, rotated)).Error!.Code.Should().Be(UploadErrorCodes.NotFound);
    }

    [Fact]
    public async Task RotateWriteToken_Pending_ConfirmsWithTheNewToken()
    {
        await using var host = new UploadHost();
        var grant = await host.UploadAsync();
        var rotated = (await host.Service.RotateWriteTokenAsync(grant.Record.Id)).Value!;

        (await host.GetRecordAsync(grant)).WriteTokenExpiresAt.Should().BeNull();
        (await host.ConfirmAsync(grant)).Error!.Code.Should().Be(UploadErrorCodes.NotFound);
        (await host.Service.ConfirmAsync(grant.Record.Id, rotated)).Succeeded.Should().BeTrue();
    }

    [Fact]
    public async Task RotateWriteToken_WithALifetime_ExpiresAfterIt()
    {
        await using var host = new UploadHost();
        var grant = await host.GrantAsync();
        var rotated = (await host.Service.RotateWriteTokenAsync(grant.Record.Id, TimeSpan.FromMinutes(5))).Value!;

        host.Clock.Advance(TimeSpan.FromMinutes(5));
        (await host.Service.GetAsync(grant.Record.Id, rotated)).Error!.Code.Should().Be(UploadErrorCodes.NotFound);
        (await host.Service.RotateWriteTokenAsync(UploadId.Create(DateTimeOffset.UtcNow))).Error!.Code
            .Should().Be(UploadErrorCodes.NotFound);
        await host.Service.Awaiting(it => it.RotateWriteTokenAsync(grant.Record.Id, TimeSpan.Zero))
            .Should().ThrowAsync<ArgumentOutOfRangeException>();
    }

    [Fact]
    public async Task RevokeWriteToken_EveryCall_IsNotFound()
    {
        await using var host = new UploadHost();
        var grant = await host.ReadyAsync();

        (await host.Service.RevokeWriteTokenAsync(grant.Record.Id)).Succeeded.Should().BeTrue();

        foreach (var call in Calls)
            (await CallAsync(host, call, grant))!.Code.Should().Be(UploadErrorCodes.NotFound, call);
        (await host.Service.CreateDownloadUrlAsync(grant.Record.Id, grant.ReadToken)).Succeeded.Should().BeTrue();
        (await host.Service.RevokeWriteTokenAsync(UploadId.Create(DateTimeOffset.UtcNow))).Succeeded.Should().BeFalse();
    }

    [Fact]
    public async Task Delete_ClientsMayNotDelete_OnlyPendingIsAllowed()
    {
        await using var host = new UploadHost(profile: notes => notes.ClientsMayDelete = false);
        var (ready, pending) = (await host.ReadyAsync(), await host.GrantAsync());

        (await host.Service.DeleteAsync(ready.Record.Id, ready.WriteToken)).Error!.Code.Should().Be(UploadErrorCodes.DeletionNotAllowed);
        (await host.Service.DeleteAsync(ready.Record.Id, UploadAccess.Client)).Error!.Code.Should().Be(UploadErrorCodes.DeletionNotAllowed);
        (await host.GetStatusAsync(ready)).Should().Be(UploadStatus.Ready);
        (await host.Service.DeleteAsync(pending.Record.Id, pending.WriteToken)).Value!.Status.Should().Be(UploadStatus.Aborted);
        (await host.Service.DeleteAsync(ready.Record.Id, UploadAccess.Application)).Value!.Status.Should().Be(UploadStatus.Deleted);
    }

    private static async Task<UploadGrant> CreateTerminalAsync(UploadHost host, UploadStatus status)
    {
        var grant = await host.GrantAsync();
        if (status != UploadStatus.Aborted)
        {
            host.Bucket.Put(grant.Record.StagingKey, status == UploadStatus.Rejected ? "longer than was promised" : UploadHost.Text);
            await host.ConfirmAsync(grant);
        }

        if (status is UploadStatus.Aborted or UploadStatus.Deleted)
            await host.Service.DeleteAsync(grant.Record.Id, grant.WriteToken);
        (await host.GetStatusAsync(grant)).Should().Be(status);
        return grant;
    }

    private static async Task<UploadError?> CallAsync(UploadHost host, string call, UploadGrant grant)
    {
        var (id, token, uploads) = (grant.Record.Id, grant.WriteToken, host.Service);
        return call switch
        {
            "get" => (await uploads.GetAsync(id, token)).Error,
            "content" => (await uploads.CreateDownloadUrlAsync(id, token)).Error,
            "open" => (await uploads.OpenReadAsync(id, token)).Error,
            "confirm" => (await uploads.ConfirmAsync(id, token)).Error,
            "renew" => (await uploads.RenewAsync(id, token)).Error,
            "parts" => (await uploads.ListPartsAsync(id, token)).Error,
            "sign" => (await uploads.SignPartsAsync(id, token, [1])).Error,
            _ => (await uploads.DeleteAsync(id, token)).Error,
        };
    }
}
