using DirectUpload.Profiles;
using DirectUpload.Uploads;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Tests.Service;

public sealed class AssociationTests
{
    private static readonly UploadAssociation Invoice = new("invoice", "42");
    private static readonly UploadRequest Asked = UploadHost.Request with { Association = Invoice };

    [Fact]
    public async Task Request_Unapproved_IsRefused()
    {
        await using var host = new UploadHost();

        var error = (await host.Service.RequestAsync(Asked, new() { Owner = "ada" })).Error!;

        error.Reason.Should().Be(UploadErrorReason.NotAuthorized);
        error.Detail.Should().Contain("WithAssociation").And.Contain("ClientsMayAssociate");
        (await host.Store.ListAllAsync().CountAsync()).Should().Be(0);
    }

    [Theory]
    [InlineData("allow")]
    [InlineData("within")]
    public async Task Request_AllowedWithoutApproval_IsRefused(string how)
    {
        await using var host = Host(_ => how == "allow" ? UploadAuthorization.Allow : UploadAuthorization.Within(new() { MaxSize = 100 }));

        (await host.Service.RequestAsync(Asked, new() { Owner = "ada" })).Error!.Reason.Should().Be(UploadErrorReason.NotAuthorized);
    }

    [Fact]
    public async Task Request_Approved_IsRecorded()
    {
        await using var host = Host(asked => UploadAuthorization.Within(new() { MaxSize = 100 }).WithAssociation(asked.Request.Association!));

        (await host.GrantAsync(Asked)).Record.Association.Should().Be(Invoice);
        (await host.Service.RequestAsync(Asked with { Size = 101 }, new() { Owner = "ada" })).Error!.Reason.Should().Be(UploadErrorReason.TooLarge);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Request_AuthorizerSetsAnother_IsReplacedOrAdded(bool asked)
    {
        await using var host = Host(_ => UploadAuthorization.Allow.WithAssociation(new("invoice", "1")), notes => notes.RequireAssociation = true);

        (await host.GrantAsync(asked ? Asked : UploadHost.Request)).Record.Association.Should().Be(new UploadAssociation("invoice", "1"));
    }

    [Fact]
    public async Task Request_TwoAuthorizersDisagree_IsRefused()
    {
        await using var host = new UploadHost(configure: services => services.AddDirectUploads()
            .AddAuthorizer(_ => UploadAuthorization.Allow.WithAssociation(Invoice)).AddAuthorizer(_ => UploadAuthorization.Allow.WithAssociation(new("invoice", "1"))));

        (await host.Service.RequestAsync(Asked, new() { Owner = "ada" })).Error!.Reason.Should().Be(UploadErrorReason.NotAuthorized);
    }

    [Fact]
    public async Task Request_ProfileLeavesItToClients_IsRecorded()
    {
        await using var host = new UploadHost(profile: notes => notes.ClientsMayAssociate = true);

        (await host.GrantAsync(Asked)).Record.Association.Should().Be(Invoice);
    }

    [Fact]
    public async Task Request_ApplicationVouches_IsRecorded()
    {
        await using var host = new UploadHost();

        (await host.Service.RequestAsync(Asked, new() { Owner = "ada", MayAssociate = true })).Value!.Record.Association.Should().Be(Invoice);
    }

    [Fact]
    public async Task Request_RequiredAndMissing_IsInvalid()
    {
        await using var host = new UploadHost(profile: notes => (notes.RequireAssociation, notes.ClientsMayAssociate) = (true, true));

        (await host.Service.RequestAsync(UploadHost.Request, new() { Owner = "ada" })).Error!.Reason.Should().Be(UploadErrorReason.InvalidRequest);
    }

    [Fact]
    public async Task RequestWithId_AuthorizedBefore_NeedsTheApprovalToo()
    {
        await using var host = Host(_ => UploadAuthorization.Allow.WithAssociation(Invoice));
        var (caller, id) = (new UploadCaller { Owner = "ada" }, UploadId.New(host.Clock.Start));
        var limits = (await host.Service.AuthorizeAsync(UploadHost.Request, caller)).Value!;

        (await host.Service.RequestWithIdAsync(Asked, caller, id, new UploadLimits())).Error!.Reason.Should().Be(UploadErrorReason.NotAuthorized);
        (await host.Service.RequestWithIdAsync(UploadHost.Request, caller, id, limits)).Value!.Record.Association.Should().Be(Invoice);
    }

    [Fact]
    public async Task RequestForm_Unapproved_IsRefused()
    {
        await using var host = new UploadHost(profile: notes => notes.Method = UploadMethod.Post);

        var form = await host.Service.RequestFormAsync(Asked with { Size = null }, new() { Owner = "ada" }, UploadId.New(host.Clock.Start), new Uri("https://app.example.com/back"));

        form.Error!.Reason.Should().Be(UploadErrorReason.NotAuthorized);
    }

    [Fact]
    public void WithAssociation_OfARefusal_Throws()
    {
        var approve = () => UploadAuthorization.Refuse("No.").WithAssociation(Invoice);

        approve.Should().Throw<InvalidOperationException>();
    }

    private static UploadHost Host(Func<UploadAuthorizationContext, UploadAuthorization> authorize, Action<UploadProfile>? profile = null) =>
        new(profile: profile, configure: services => services.AddDirectUploads().AddAuthorizer(authorize));
}
