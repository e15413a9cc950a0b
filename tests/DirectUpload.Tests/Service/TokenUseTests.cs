using DirectUpload.Uploads;

namespace DirectUpload.Tests.Service;

public sealed class TokenUseTests
{
    [Fact]
    public async Task The_read_token_shows_and_does_not_write()
    {
        await using var host = new UploadHost();
        var grant = await host.UploadAsync();
        var id = grant.Record.Id;

        (await host.Service.GetAsync(id, grant.ReadToken)).Value.Should().Be(grant.Record);
        (await host.Service.ConfirmAsync(id, grant.ReadToken)).Error!.Reason.Should().Be(UploadErrorReason.TokenInvalid);
        (await host.Service.DeleteAsync(id, grant.ReadToken)).Error!.Reason.Should().Be(UploadErrorReason.TokenInvalid);
        (await host.StatusOf(grant)).Should().Be(UploadStatus.Requested);
    }

    [Fact]
    public async Task The_write_token_shows_too()
    {
        await using var host = new UploadHost();
        var grant = await host.ReadyAsync();

        (await host.Service.GetAsync(grant.Record.Id, grant.WriteToken)).Succeeded.Should().BeTrue();
        (await host.Service.GetContentAsync(grant.Record.Id, grant.WriteToken)).Succeeded.Should().BeTrue();
        (await host.Service.GetContentAsync(grant.Record.Id, grant.ReadToken)).Succeeded.Should().BeTrue();
    }

    [Fact]
    public async Task An_unknown_upload_and_a_wrong_token_can_not_be_told_apart()
    {
        await using var host = new UploadHost();
        var grant = await host.ReadyAsync();
        var other = await host.GrantAsync();
        var id = grant.Record.Id;
        var unknown = UploadId.New(host.Clock.Start);

        foreach (var token in new[] { UploadToken.New(), default, other.WriteToken, other.ReadToken })
        {
            UploadError?[] errors =
            [
                (await host.Service.GetAsync(id, token)).Error, (await host.Service.GetAsync(unknown, token)).Error,
                (await host.Service.ConfirmAsync(id, token)).Error, (await host.Service.ConfirmAsync(unknown, token)).Error,
                (await host.Service.DeleteAsync(id, token)).Error, (await host.Service.DeleteAsync(unknown, token)).Error,
                (await host.Service.GetContentAsync(id, token)).Error, (await host.Service.GetContentAsync(unknown, token)).Error,
            ];

            errors.Should().AllBeEquivalentTo(new UploadError(UploadErrorReason.NotFound, "There is no such upload, or the token is not one of its tokens."));
        }

        (await host.StatusOf(grant)).Should().Be(UploadStatus.Ready);
    }

    [Fact]
    public async Task The_owner_needs_no_token_and_nobody_else_gets_through()
    {
        await using var host = new UploadHost();
        var grant = await host.ReadyAsync();
        var anonymous = await host.GrantAsync(owner: null);

        (await host.Service.GetContentForOwnerAsync(grant.Record.Id, "ada")).Succeeded.Should().BeTrue();
        (await host.Service.GetContentForOwnerAsync(grant.Record.Id, "Ada")).Error!.Reason.Should().Be(UploadErrorReason.NotFound);
        (await host.Service.GetContentForOwnerAsync(anonymous.Record.Id, "ada")).Error!.Reason.Should().Be(UploadErrorReason.NotFound);
        await host.Service.Awaiting(it => it.GetContentForOwnerAsync(anonymous.Record.Id, null!)).Should().ThrowAsync<ArgumentException>();
        await host.Service.Awaiting(it => it.GetContentForOwnerAsync(anonymous.Record.Id, "")).Should().ThrowAsync<ArgumentException>();
    }
}
