using DirectUpload.Tests.Fixtures;

namespace DirectUpload.Tests.Flows;

public sealed class DirectUploadServiceReadTokenTests
{
    [Fact]
    public async Task ReadToken_ReadsAndCannotWrite()
    {
        await using var host = new UploadHost();
        var grant = await host.UploadAsync();
        var id = grant.Record.Id;

        (await host.Service.GetAsync(id, grant.ReadToken)).Value!.Record.Should().Be(grant.Record);
        (await host.Service.ConfirmAsync(id, grant.ReadToken)).Error!.Code.Should().Be(UploadErrorCodes.TokenInvalid);
        (await host.Service.DeleteAsync(id, grant.ReadToken)).Error!.Code.Should().Be(UploadErrorCodes.TokenInvalid);
        (await host.GetStatusAsync(grant)).Should().Be(UploadStatus.Requested);
    }

    [Fact]
    public async Task WriteToken_Ready_ReadsContent()
    {
        await using var host = new UploadHost();
        var grant = await host.ReadyAsync();

        (await host.Service.GetAsync(grant.Record.Id, grant.WriteToken)).Succeeded.Should().BeTrue();
        (await host.Service.CreateDownloadUrlAsync(grant.Record.Id, grant.WriteToken)).Succeeded.Should().BeTrue();
        (await host.Service.CreateDownloadUrlAsync(grant.Record.Id, grant.ReadToken)).Succeeded.Should().BeTrue();
    }

    [Fact]
    public async Task EveryCall_WrongTokenOrUnknownId_IsTheSameError()
    {
        await using var host = new UploadHost();
        var grant = await host.ReadyAsync();
        var other = await host.GrantAsync();
        var id = grant.Record.Id;
        var unknown = UploadId.Create(host.Clock.Start);

        foreach (var token in new[] { UploadToken.Create(), default, other.WriteToken, other.ReadToken })
        {
            UploadError?[] errors =
            [
                (await host.Service.GetAsync(id, token)).Error, (await host.Service.GetAsync(unknown, token)).Error,
                (await host.Service.ConfirmAsync(id, token)).Error, (await host.Service.ConfirmAsync(unknown, token)).Error,
                (await host.Service.DeleteAsync(id, token)).Error, (await host.Service.DeleteAsync(unknown, token)).Error,
                (await host.Service.CreateDownloadUrlAsync(id, token)).Error,
                (await host.Service.CreateDownloadUrlAsync(unknown, token)).Error,
            ];

            errors.Should().AllBeEquivalentTo(new UploadError(
                UploadErrorCodes.NotFound, "There is no such upload, or the token is not one of its tokens."));
        }

        (await host.GetStatusAsync(grant)).Should().Be(UploadStatus.Ready);
    }

    [Fact]
    public async Task GetContentForOwner_OnlyTheOwner_Succeeds()
    {
        await using var host = new UploadHost();
        var grant = await host.ReadyAsync();
        var anonymous = await host.GrantAsync(owner: null);

        (await host.Service.CreateDownloadUrlAsync(grant.Record.Id, UploadAccess.Owner("ada"))).Succeeded.Should().BeTrue();
        (await host.Service.CreateDownloadUrlAsync(grant.Record.Id, UploadAccess.Owner("Ada"))).Error!.Code
            .Should().Be(UploadErrorCodes.NotFound);
        (await host.Service.CreateDownloadUrlAsync(anonymous.Record.Id, UploadAccess.Owner("ada"))).Error!.Code
            .Should().Be(UploadErrorCodes.NotFound);
        await host.Service.Awaiting(it => it.CreateDownloadUrlAsync(anonymous.Record.Id, UploadAccess.Owner(null!)))
            .Should().ThrowAsync<ArgumentException>();
        await host.Service.Awaiting(it => it.CreateDownloadUrlAsync(anonymous.Record.Id, UploadAccess.Owner("")))
            .Should().ThrowAsync<ArgumentException>();
    }

    [Fact]
    public async Task RotateReadToken_ReplacesTheOldToken()
    {
        await using var host = new UploadHost();
        var grant = await host.ReadyAsync();

        var rotated = (await host.Service.RotateReadTokenAsync(grant.Record.Id)).Value!;

        (await host.Service.GetAsync(grant.Record.Id, grant.ReadToken)).Error!.Code.Should().Be(UploadErrorCodes.NotFound);
        (await host.Service.CreateDownloadUrlAsync(grant.Record.Id, rotated)).Succeeded.Should().BeTrue();
        (await host.Service.GetAsync(grant.Record.Id, grant.WriteToken)).Succeeded.Should().BeTrue();
        (await host.GetRecordAsync(grant)).ReadTokenExpiresAt.Should().BeNull();
        (await host.Service.RotateReadTokenAsync(UploadId.Create(DateTimeOffset.UtcNow))).Error!.Code
            .Should().Be(UploadErrorCodes.NotFound);
        await host.Service.Awaiting(it => it.RotateReadTokenAsync(grant.Record.Id, TimeSpan.Zero))
            .Should().ThrowAsync<ArgumentOutOfRangeException>();
    }

    [Fact]
    public async Task ReadToken_AfterItsLifetime_IsNotFound()
    {
        await using var host = new UploadHost(profile: notes => notes.ReadTokenLifetime = TimeSpan.FromDays(1));
        var grant = await host.ReadyAsync();
        var given = (await host.Service.RotateReadTokenAsync(grant.Record.Id, TimeSpan.FromMinutes(10))).Value!;
        (await host.GetRecordAsync(grant)).ReadTokenExpiresAt.Should().Be(host.Clock.Start.AddMinutes(10));
        var other = await host.ReadyAsync();

        host.Clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromTicks(1));
        (await host.Service.GetAsync(grant.Record.Id, given)).Succeeded.Should().BeTrue();
        host.Clock.Advance(TimeSpan.FromTicks(1));
        (await host.Service.GetAsync(grant.Record.Id, given)).Error!.Code.Should().Be(UploadErrorCodes.NotFound);
        (await host.Service.DeleteAsync(grant.Record.Id, given)).Error!.Code
            .Should().Be(UploadErrorCodes.NotFound, "it is like any other wrong token");
        (await host.Service.GetAsync(other.Record.Id, other.ReadToken)).Succeeded.Should().BeTrue();
        host.Clock.Advance(TimeSpan.FromDays(1));
        (await host.Service.GetAsync(other.Record.Id, other.ReadToken)).Error!.Code.Should().Be(UploadErrorCodes.NotFound);
    }

    [Fact]
    public async Task RevokeReadToken_OnlyDisablesTheReadToken()
    {
        await using var host = new UploadHost();
        var grant = await host.ReadyAsync();

        (await host.Service.RevokeReadTokenAsync(grant.Record.Id)).Succeeded.Should().BeTrue();

        (await host.Service.CreateDownloadUrlAsync(grant.Record.Id, grant.ReadToken)).Error!.Code.Should().Be(UploadErrorCodes.NotFound);
        (await host.Service.CreateDownloadUrlAsync(grant.Record.Id, UploadAccess.Owner("ada"))).Succeeded.Should().BeTrue();
        (await host.Service.CreateDownloadUrlAsync(grant.Record.Id, grant.WriteToken)).Succeeded.Should().BeTrue();
        (await host.Service.RevokeReadTokenAsync(UploadId.Create(DateTimeOffset.UtcNow))).Succeeded.Should().BeFalse();
    }
}
