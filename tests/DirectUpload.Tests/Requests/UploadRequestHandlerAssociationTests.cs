using DirectUpload.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Tests.Requests;

public sealed class UploadRequestHandlerAssociationTests
{
    private static readonly UploadAssociation Invoice = new("invoice", "42");
    private static readonly UploadRequest RequestWithAssociation = UploadHost.Request with { Association = Invoice };

    [Fact]
    public async Task Request_Unapproved_IsRefused()
    {
        await using var host = new UploadHost();

        var error = (await host.Service.RequestAsync(RequestWithAssociation, new() { Owner = "ada" })).Error!;

        error.Code.Should().Be(UploadErrorCodes.NotAuthorized);
        error.Message.Should().Contain("UploadAuthorization.Association").And.Contain("ClientsMayAssociate");
        (await host.Store.ListAllAsync().CountAsync()).Should().Be(0);
    }

    [Theory]
    [InlineData("allow")]
    [InlineData("within")]
    public async Task Request_AllowedWithoutApproval_IsRefused(string how)
    {
        await using var host = CreateHost(_ => how == "allow" ? UploadAuthorization.Allow : new UploadAuthorization { MaxSize = 100 });

        (await host.Service.RequestAsync(RequestWithAssociation, new() { Owner = "ada" })).Error!.Code
            .Should().Be(UploadErrorCodes.NotAuthorized);
    }

    [Fact]
    public async Task Request_Approved_IsRecorded()
    {
        await using var host = CreateHost(asked => new UploadAuthorization { MaxSize = 100, Association = asked.Request.Association! });

        (await host.GrantAsync(RequestWithAssociation)).Record.Association.Should().Be(Invoice);
        (await host.Service.RequestAsync(RequestWithAssociation with { Size = 101 }, new() { Owner = "ada" })).Error!.Code
            .Should().Be(UploadErrorCodes.TooLarge);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Request_AuthorizerSetsAnother_UsesTheAuthorizers(bool asked)
    {
        await using var host = CreateHost(
            _ => new UploadAuthorization { Association = new("invoice", "1") }, notes => notes.RequireAssociation = true);

        (await host.GrantAsync(asked ? RequestWithAssociation : UploadHost.Request)).Record.Association
            .Should().Be(new UploadAssociation("invoice", "1"));
    }

    [Fact]
    public async Task Request_TwoAuthorizersDisagree_IsRefused()
    {
        await using var host = new UploadHost(configure: services => services.AddDirectUploads()
            .AddAuthorizer(_ => new UploadAuthorization { Association = Invoice })
            .AddAuthorizer(_ => new UploadAuthorization { Association = new("invoice", "1") }));

        (await host.Service.RequestAsync(RequestWithAssociation, new() { Owner = "ada" })).Error!.Code
            .Should().Be(UploadErrorCodes.NotAuthorized);
    }

    [Fact]
    public async Task Request_ProfileLetsClientsAssociate_IsRecorded()
    {
        await using var host = new UploadHost(profile: notes => notes.ClientsMayAssociate = true);

        (await host.GrantAsync(RequestWithAssociation)).Record.Association.Should().Be(Invoice);
    }

    [Fact]
    public async Task Request_CallerMayAssociate_IsRecorded()
    {
        await using var host = new UploadHost();

        (await host.Service.RequestAsync(RequestWithAssociation, new() { Owner = "ada", MayAssociate = true })).Value!.Record.Association
            .Should().Be(Invoice);
    }

    [Fact]
    public async Task Request_RequiredAndMissing_IsInvalid()
    {
        await using var host = new UploadHost(profile: notes => (notes.RequireAssociation, notes.ClientsMayAssociate) = (true, true));

        (await host.Service.RequestAsync(UploadHost.Request, new() { Owner = "ada" })).Error!.Code
            .Should().Be(UploadErrorCodes.InvalidRequest);
    }

    [Fact]
    public async Task RequestWithId_Unapproved_IsRefused()
    {
        await using var host = CreateHost(_ => new UploadAuthorization { Association = Invoice });
        var (caller, id) = (new UploadCaller { Owner = "ada" }, UploadId.Create(host.Clock.Start));
        var limits = (await host.Service.AuthorizeAsync(UploadHost.Request, caller)).Value!;

        (await host.Service.RequestAsync(RequestWithAssociation, caller, new()
        {
            Id = id,
            Authorization = UploadAuthorization.Allow,
        })).Error!.Code.Should().Be(UploadErrorCodes.NotAuthorized);
        (await host.Service.RequestAsync(UploadHost.Request, caller, new() { Id = id, Authorization = limits })).Value!.Record.Association
            .Should().Be(Invoice);
    }

    [Fact]
    public async Task RequestForm_Unapproved_IsRefused()
    {
        await using var host = new UploadHost(profile: notes => notes.UploadMethod = UploadMethod.Post);

        var form = await host.Service.RequestAsync(
            RequestWithAssociation with { Size = null }, new() { Owner = "ada" },
            new() { Id = UploadId.Create(host.Clock.Start), SuccessRedirect = new Uri("https://app.example.com/back") });

        form.Error!.Code.Should().Be(UploadErrorCodes.NotAuthorized);
    }

    private static UploadHost CreateHost(
        Func<UploadAuthorizationContext, UploadAuthorization> authorize, Action<UploadProfile>? profile = null) =>
        new(profile: profile, configure: services => services.AddDirectUploads().AddAuthorizer(authorize));
}
