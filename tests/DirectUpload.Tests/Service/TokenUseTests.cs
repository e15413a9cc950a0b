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

    [Fact]
    public async Task A_rotated_read_token_opens_in_place_of_the_old_one()
    {
        await using var host = new UploadHost();
        var grant = await host.ReadyAsync();

        var rotated = (await host.Service.RotateReadTokenAsHostAsync(grant.Record.Id)).Value!;

        (await host.Service.GetAsync(grant.Record.Id, grant.ReadToken)).Error!.Reason.Should().Be(UploadErrorReason.NotFound);
        (await host.Service.GetContentAsync(grant.Record.Id, rotated.ReadToken)).Succeeded.Should().BeTrue();
        (await host.Service.GetAsync(grant.Record.Id, grant.WriteToken)).Succeeded.Should().BeTrue();
        rotated.ExpiresAt.Should().BeNull();
        (await host.Service.RotateReadTokenAsHostAsync(UploadId.New(DateTimeOffset.UtcNow))).Error!.Reason.Should().Be(UploadErrorReason.NotFound);
        await host.Service.Awaiting(it => it.RotateReadTokenAsHostAsync(grant.Record.Id, TimeSpan.Zero)).Should().ThrowAsync<ArgumentOutOfRangeException>();
    }

    [Fact]
    public async Task A_read_token_opens_for_as_long_as_it_was_given_and_then_is_like_none()
    {
        await using var host = new UploadHost(profile: notes => notes.ReadTokenLifetime = TimeSpan.FromDays(1));
        var grant = await host.ReadyAsync();
        var given = (await host.Service.RotateReadTokenAsHostAsync(grant.Record.Id, TimeSpan.FromMinutes(10))).Value!;
        given.ExpiresAt.Should().Be(host.Clock.Start.AddMinutes(10));
        var other = await host.ReadyAsync();

        host.Clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromTicks(1));
        (await host.Service.GetAsync(grant.Record.Id, given.ReadToken)).Succeeded.Should().BeTrue();
        host.Clock.Advance(TimeSpan.FromTicks(1));
        (await host.Service.GetAsync(grant.Record.Id, given.ReadToken)).Error!.Reason.Should().Be(UploadErrorReason.NotFound);
        (await host.Service.DeleteAsync(grant.Record.Id, given.ReadToken)).Error!.Reason.Should().Be(UploadErrorReason.NotFound, "it is like any other wrong token");
        (await host.Service.GetAsync(other.Record.Id, other.ReadToken)).Succeeded.Should().BeTrue();
        host.Clock.Advance(TimeSpan.FromDays(1));
        (await host.Service.GetAsync(other.Record.Id, other.ReadToken)).Error!.Reason.Should().Be(UploadErrorReason.NotFound);
    }

    [Fact]
    public async Task A_revoked_read_token_opens_nothing_and_the_owner_and_the_write_token_still_do()
    {
        await using var host = new UploadHost();
        var grant = await host.ReadyAsync();

        (await host.Service.RevokeReadTokenAsHostAsync(grant.Record.Id)).Should().BeTrue();

        (await host.Service.GetContentAsync(grant.Record.Id, grant.ReadToken)).Error!.Reason.Should().Be(UploadErrorReason.NotFound);
        (await host.Service.GetContentForOwnerAsync(grant.Record.Id, "ada")).Succeeded.Should().BeTrue();
        (await host.Service.GetContentAsync(grant.Record.Id, grant.WriteToken)).Succeeded.Should().BeTrue();
        (await host.Service.RevokeReadTokenAsHostAsync(UploadId.New(DateTimeOffset.UtcNow))).Should().BeFalse();
    }
}
