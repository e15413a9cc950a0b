using DirectUpload.Stores;
using DirectUpload.Tests.Fixtures;

namespace DirectUpload.Tests.Operations;

public sealed class UploadAttacherTests
{
    private static readonly UploadAssociation Avatar = new("user", "42", "avatar");

    /// <summary>The code for each status; null where the upload is attached.</summary>
    private static readonly Dictionary<UploadStatus, (string? Code, string? CodeIfBeforeReady)> ExpectedCodes = new()
    {
        [UploadStatus.Requested] = (UploadErrorCodes.NotReady, UploadErrorCodes.NotReady),
        [UploadStatus.Uploaded] = (UploadErrorCodes.NotReady, null),
        [UploadStatus.Processing] = (UploadErrorCodes.NotReady, null),
        [UploadStatus.Ready] = (null, null),
        [UploadStatus.Rejected] = (UploadErrorCodes.Mismatch, UploadErrorCodes.Mismatch),
        [UploadStatus.Failed] = (UploadErrorCodes.ProcessingFailed, UploadErrorCodes.ProcessingFailed),
        [UploadStatus.Aborted] = (UploadErrorCodes.Deleted, UploadErrorCodes.Deleted),
        [UploadStatus.Expired] = (UploadErrorCodes.Expired, UploadErrorCodes.Expired),
        [UploadStatus.Deleted] = (UploadErrorCodes.Deleted, UploadErrorCodes.Deleted),
    };

    private static readonly Dictionary<string, Func<UploadGrant, UploadGrant, UploadAccess>> Callers = new()
    {
        ["owner"] = (_, _) => UploadAccess.Owner("ada"),
        ["read token"] = (grant, _) => grant.ReadToken,
        ["write token"] = (grant, _) => grant.WriteToken,
        ["application"] = (_, _) => UploadAccess.Application,
        ["other owner"] = (_, _) => UploadAccess.Owner("bob"),
        ["owner in other case"] = (_, _) => UploadAccess.Owner("Ada"),
        ["read token of another upload"] = (_, other) => other.ReadToken,
        ["write token of another upload"] = (_, other) => other.WriteToken,
        ["unknown token"] = (_, _) => UploadToken.Create(),
        ["no access"] = (_, _) => default,
    };

    private static readonly string[] Admitted = ["owner", "read token", "write token", "application"];

    public static TheoryData<UploadStatus, string, bool> Matrix()
    {
        var matrix = new TheoryData<UploadStatus, string, bool>();
        foreach (var status in Enum.GetValues<UploadStatus>())
        {
            foreach (var caller in Callers.Keys)
            {
                matrix.Add(status, caller, false);
                matrix.Add(status, caller, true);
            }
        }

        return matrix;
    }

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task Attach_EveryStatusAndCaller_AttachesOrSaysWhyNot(UploadStatus status, string caller, bool beforeReady)
    {
        await using var host = new UploadHost(profile: notes => notes.AttachBeforeReady = beforeReady);
        var (grant, other) = (await host.ReadyAsync(), await host.ReadyAsync());
        var before = await PutAsync(host, grant, status);
        var expected = !Admitted.Contains(caller)
            ? UploadErrorCodes.NotFound
            : beforeReady ? ExpectedCodes[status].CodeIfBeforeReady : ExpectedCodes[status].Code;

        var result = await host.Service.AttachAsync(grant.Record.Id, Callers[caller](grant, other), Avatar, "notes");

        var after = await host.GetRecordAsync(grant);
        result.Error?.Code.Should().Be(expected);
        if (expected is null)
        {
            (result.Value!.Association, result.Value.AttachedAt, result.Value.AttachBy).Should().Be((Avatar, host.Clock.GetUtcNow(), null));
            (after.Association, after.AttachedAt, after.Status).Should().Be((Avatar, host.Clock.GetUtcNow(), status));
        }
        else
        {
            result.Error!.Message.Should().EndWith(".");
            after.Should().BeSameAs(before, "a refusal changes nothing");
        }
    }

    [Fact]
    public async Task Attach_OtherProfile_IsRefusedByName()
    {
        await using var host = CreateHost();
        var grant = await host.ReadyAsync();

        var result = await host.Service.AttachAsync(grant.Record.Id, grant.ReadToken, Avatar, "pictures");

        result.Error!.Code.Should().Be(UploadErrorCodes.WrongProfile);
        result.Error.Message.Should().Contain("notes").And.Contain("pictures");
        (await host.GetRecordAsync(grant)).Association.Should().BeNull();
    }

    [Theory]
    [InlineData("user", "42", "avatar", "unknown")]
    [InlineData("user", "42", "avatar", "")]
    [InlineData("", "42", "avatar", "notes")]
    [InlineData("user", "", "avatar", "notes")]
    [InlineData("user", "42", "", "notes")]
    [InlineData("us\0er", "42", null, "notes")]
    [InlineData("user", "42\n", null, "notes")]
    [InlineData("user", "42", "\u202Eavatar", "notes")]
    public async Task Attach_InvalidArgument_Throws(string type, string id, string? kind, string profile)
    {
        await using var host = CreateHost();
        var grant = await host.ReadyAsync();

        await host.Service.Awaiting(it => it.AttachAsync(grant.Record.Id, grant.ReadToken, new(type, id, kind), profile))
            .Should().ThrowAsync<ArgumentException>();
        (await host.GetRecordAsync(grant)).Association.Should().BeNull();
    }

    [Theory]
    [InlineData("user", "42", null)]
    [InlineData("user", "42", "cover")]
    [InlineData("user", "43", "avatar")]
    [InlineData("User", "42", "avatar")]
    [InlineData("album", "42", "avatar")]
    public async Task Attach_AttachedToAnotherEntity_IsRefused(string type, string id, string? kind)
    {
        await using var host = CreateHost();
        var grant = await host.ReadyAsync();
        await AttachAsync(host, grant, Avatar);

        foreach (var replace in new[] { false, true })
        {
            var result = await host.Service.AttachAsync(
                grant.Record.Id, UploadAccess.Application, new UploadAssociation(type, id, kind), "notes", replace);
            result.Error!.Code.Should().Be(UploadErrorCodes.AttachedElsewhere);
        }

        (await host.GetRecordAsync(grant)).Association.Should().Be(Avatar);
    }

    [Fact]
    public async Task Attach_SameEntityAgain_ChangesNothing()
    {
        await using var host = CreateHost();
        var grant = await host.ReadyAsync();
        await AttachAsync(host, grant, Avatar);
        var before = await host.GetRecordAsync(grant);
        host.Clock.Advance(TimeSpan.FromHours(1));

        (await host.Service.AttachAsync(grant.Record.Id, grant.ReadToken, Avatar, "notes")).Succeeded.Should().BeTrue();

        (await host.GetRecordAsync(grant)).Should().BeSameAs(before);
    }

    [Fact]
    public async Task Attach_RequestedForTheEntity_AddsTheKind()
    {
        await using var host = CreateHost();
        var request = UploadHost.Request with { Association = new("user", "42") };
        var (own, other) = (await ReadyAsync(host, request), await ReadyAsync(host, request with { Association = new("user", "43") }));

        (await AttachAsync(host, own, Avatar)).Association.Should().Be(Avatar);
        (await host.Service.AttachAsync(other.Record.Id, other.ReadToken, Avatar, "notes")).Error!.Code
            .Should().Be(UploadErrorCodes.AttachedElsewhere);
    }

    [Fact]
    public async Task Attach_ReplacedOrExpiredReadToken_IsNotFound()
    {
        await using var host = CreateHost();
        var (rotated, expired) = (await host.ReadyAsync(), await host.ReadyAsync());
        await host.Service.RotateReadTokenAsync(rotated.Record.Id);
        var limited = (await host.Service.RotateReadTokenAsync(expired.Record.Id, TimeSpan.FromMinutes(1))).Value;
        host.Clock.Advance(TimeSpan.FromMinutes(1));

        foreach (var (grant, token) in new[] { (rotated, rotated.ReadToken), (expired, limited) })
        {
            (await host.Service.AttachAsync(grant.Record.Id, token, Avatar, "notes")).Error!.Code.Should().Be(UploadErrorCodes.NotFound);
            (await host.GetRecordAsync(grant)).Association.Should().BeNull();
        }
    }

    [Fact]
    public async Task Attach_UnknownId_IsNotFound()
    {
        await using var host = CreateHost();
        (await host.Service.AttachAsync(UploadId.Create(host.Clock.Start), UploadAccess.Application, Avatar, "notes")).Error!.Code
            .Should().Be(UploadErrorCodes.NotFound);
        (await host.Service.DetachAsync(UploadId.Create(host.Clock.Start))).Error!.Code.Should().Be(UploadErrorCodes.NotFound);
    }

    [Fact]
    public async Task Detach_OtherEntity_ChangesNothing()
    {
        await using var host = CreateHost();
        var grant = await host.ReadyAsync();
        await AttachAsync(host, grant, Avatar);
        var before = await host.GetRecordAsync(grant);

        (await host.Service.DetachAsync(grant.Record.Id, new("user", "42", "cover"))).Value!.Association.Should().Be(Avatar);
        (await host.GetRecordAsync(grant)).Should().BeSameAs(before);

        (await host.Service.DetachAsync(grant.Record.Id, Avatar)).Value!.Association.Should().BeNull();
        (await host.GetRecordAsync(grant)).AttachedAt.Should().BeNull();
    }

    [Fact]
    public async Task Attach_DetachedUpload_CanBeAttachedElsewhere()
    {
        await using var host = CreateHost(TimeSpan.FromHours(1));
        var grant = await host.ReadyAsync();
        await AttachAsync(host, grant, Avatar);
        var detached = (await host.Service.DetachAsync(grant.Record.Id)).Value!;
        detached.AttachBy.Should().Be(host.Clock.Start.AddHours(1));

        (await AttachAsync(host, grant, new("album", "7"))).AttachBy.Should().BeNull();
        await host.RunWorkerForAsync(TimeSpan.FromHours(3));
        (await host.GetStatusAsync(grant)).Should().Be(UploadStatus.Ready);
        host.Bucket.Keys.Should().Equal(grant.Record.FinalKey);
    }

    [Theory]
    [InlineData(UploadStatus.Uploaded)]
    [InlineData(UploadStatus.Processing)]
    [InlineData(UploadStatus.Ready)]
    [InlineData(UploadStatus.Failed)]
    public async Task Delete_AttachedUpload_IsRefusedForClients(UploadStatus status)
    {
        await using var host = new UploadHost(profile: notes => notes.AttachBeforeReady = true);
        var grant = await host.ReadyAsync();
        await AttachAsync(host, grant, Avatar);
        await PutAsync(host, grant, status);

        foreach (var client in new[] { grant.WriteToken, UploadAccess.Owner("ada"), UploadAccess.Client })
        {
            (await host.Service.DeleteAsync(grant.Record.Id, client)).Error!.Code.Should().Be(UploadErrorCodes.DeletionNotAllowed);
            (await host.GetStatusAsync(grant)).Should().Be(status);
        }

        host.Bucket.Keys.Should().Contain(grant.Record.FinalKey);
        (await host.Service.DeleteAsync(grant.Record.Id, UploadAccess.Application)).Value!.Status.Should().Be(
            status is UploadStatus.Ready or UploadStatus.Failed ? UploadStatus.Deleted : UploadStatus.Aborted);
    }

    private static UploadHost CreateHost(TimeSpan? retention = null) => new(
        profile: notes =>
        {
            notes.ClientsMayAssociate = retention is null;
            notes.UnattachedRetention = retention;
        },
        options: it => it.AddProfile("pictures", pictures => pictures.ContentTypes.Add("image/png")));

    private static async Task<UploadGrant> ReadyAsync(UploadHost host, UploadRequest request)
    {
        var grant = await host.GrantAsync(request);
        host.Bucket.Put(grant.Record.StagingKey, UploadHost.Text);
        (await host.ConfirmAsync(grant)).Value!.Status.Should().Be(UploadStatus.Ready);
        return grant;
    }

    private static async Task<Upload> AttachAsync(UploadHost host, UploadGrant grant, UploadAssociation association)
    {
        var attached = await host.Service.AttachAsync(grant.Record.Id, grant.ReadToken, association, "notes");
        attached.Error.Should().BeNull();
        return attached.Value!;
    }

    private static async Task<UploadRecord> PutAsync(UploadHost host, UploadGrant grant, UploadStatus status)
    {
        var record = await host.GetRecordAsync(grant);
        if (record.Status == status)
            return record;
        return (await host.Store.TryUpdateAsync(record.TransitionTo(status, host.Clock.GetUtcNow())))!;
    }
}
