using System.Security.Claims;
using DirectUpload.StoreConformance;
using DirectUpload.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Tests.Requests;

public sealed class AuthorizerPipelineTests
{
    private static readonly UploadCaller Ada = new()
    {
        Owner = "ada",
        User = new ClaimsPrincipal(new ClaimsIdentity([new Claim("plan", "free")], "test")),
    };

    [Fact]
    public async Task Authorize_Request_SeesProfileTypeAndUser()
    {
        UploadAuthorizationContext? seen = null;
        await using var host = CreateHost(asked =>
        {
            seen = asked;
            return UploadAuthorization.Allow;
        });

        await host.Service.RequestAsync(UploadHost.Request with { ContentType = "Text/Plain; charset=utf-8" }, Ada);

        seen!.Profile.Name.Should().Be("notes");
        seen.Request.ContentType.Should().Be("text/plain");
        seen.Caller.User!.HasClaim("plan", "free").Should().BeTrue();
    }

    [Fact]
    public async Task Authorize_TypeNotInProfile_IsNotCalled()
    {
        await using var host = CreateHost(_ => throw new InvalidOperationException("asked"));

        (await host.Service.RequestAsync(UploadHost.Request with { ContentType = "video/mp4" }, Ada)).Error!.Code
            .Should().Be(UploadErrorCodes.TypeNotAllowed);
    }

    [Fact]
    public async Task Authorize_Throws_PropagatesAndAddsNoRecord()
    {
        await using var host = CreateHost(_ => throw new TimeoutException("the directory is out"));

        await FluentActions.Awaiting(() => host.Service.RequestAsync(UploadHost.Request, Ada)).Should().ThrowAsync<TimeoutException>();
        (await host.Store.CountPendingAsync("notes", "ada", host.Clock.GetUtcNow())).Count.Should().Be(0);
    }

    [Fact]
    public async Task Authorize_Refuses_ReturnsItsMessage()
    {
        await using var host = CreateHost(_ => UploadAuthorization.Deny("The trial is over."));

        (await host.Service.RequestAsync(UploadHost.Request, Ada)).Error
            .Should().Be(new UploadError(UploadErrorCodes.NotAuthorized, "The trial is over."));
    }

    [Fact]
    public async Task Authorize_WiderLimits_KeepsThoseOfTheProfile()
    {
        await using var host = CreateHost(
            _ => new UploadAuthorization { MaxSize = long.MaxValue, MaxPendingUploadsPerOwner = 1_000, ContentTypes = ["*/*"] }, notes =>
            {
                notes.MaxSize = 20;
                notes.MaxPendingUploadsPerOwner = 1;
            });

        (await host.Service.RequestAsync(UploadHost.Request with { Size = 21 }, Ada)).Error!.Code.Should().Be(UploadErrorCodes.TooLarge);
        (await host.Service.RequestAsync(UploadHost.Request with { ContentType = "video/mp4" }, Ada)).Error!.Code
            .Should().Be(UploadErrorCodes.TypeNotAllowed);
        (await host.Service.RequestAsync(UploadHost.Request, Ada)).Succeeded.Should().BeTrue();
        (await host.Service.RequestAsync(UploadHost.Request, Ada)).Error!.Code.Should().Be(UploadErrorCodes.QuotaExceeded);
    }

    [Fact]
    public async Task Authorize_NarrowerLimit_IsEnforced()
    {
        var limits = new UploadAuthorization();
        await using var host = CreateHost(_ => limits, notes => notes.MaxPendingUploadsPerOwner = null);

        limits = new() { MaxSize = 11 };
        (await host.Service.RequestAsync(UploadHost.Request, Ada)).Error!.Code.Should().Be(UploadErrorCodes.TooLarge);
        limits = new() { ContentTypes = ["image/*"] };
        (await host.Service.RequestAsync(UploadHost.Request, Ada)).Error!.Code.Should().Be(UploadErrorCodes.TypeNotAllowed);
        limits = new() { MaxPendingBytesPerOwner = 11 };
        (await host.Service.RequestAsync(UploadHost.Request, Ada)).Error!.Code.Should().Be(UploadErrorCodes.QuotaExceeded);
        limits = new() { MaxStoredBytesPerOwner = 11 };
        (await host.Service.RequestAsync(UploadHost.Request, Ada)).Error!.Code.Should().Be(UploadErrorCodes.QuotaExceeded);
        limits = new() { MaxPendingUploadsPerOwner = 0 };
        (await host.Service.RequestAsync(UploadHost.Request, Ada)).Error!.Code.Should().Be(UploadErrorCodes.QuotaExceeded);
        limits = new();
        (await host.Service.RequestAsync(UploadHost.Request, Ada)).Succeeded.Should().BeTrue();
    }

    [Fact]
    public async Task Authorize_FormWithoutSize_IsLimited()
    {
        await using var host = CreateHost(_ => new UploadAuthorization { MaxSize = 100 }, notes => notes.UploadMethod = UploadMethod.Post);

        var granted = await host.Service.RequestAsync(UploadHost.Request with { Size = null }, Ada);

        granted.Value!.Record.DeclaredSize.Should().Be(100);
    }

    [Fact]
    public async Task Authorize_SeveralAuthorizers_AllMustAllow()
    {
        await using var host = new UploadHost(configure: services => services.AddDirectUploads()
            .AddAuthorizer(_ => new UploadAuthorization { ContentTypes = ["text/*", "image/png"], MaxSize = 100 })
            .AddAuthorizer(_ => new UploadAuthorization { ContentTypes = ["*/*"], MaxSize = 50 })
            .AddAuthorizer(_ => new UploadAuthorization { ContentTypes = ["image/*", "text/plain"] }));

        (await host.Service.RequestAsync(UploadHost.Request, Ada)).Succeeded.Should().BeTrue();
        (await host.Service.RequestAsync(UploadHost.Request with { ContentType = "image/png" }, Ada)).Succeeded.Should().BeTrue();
        (await host.Service.RequestAsync(UploadHost.Request with { ContentType = "text/html" }, Ada)).Error!.Code
            .Should().Be(UploadErrorCodes.TypeNotAllowed);
        (await host.Service.RequestAsync(UploadHost.Request with { Size = 51 }, Ada)).Error!.Code.Should().Be(UploadErrorCodes.TooLarge);
        (await host.Service.AuthorizeAsync(UploadHost.Request, Ada)).Value!.ContentTypes.Should().Equal("text/plain", "image/png");
    }

    [Fact]
    public async Task Authorize_EachRequest_GetsItsOwnScope()
    {
        await using var host = new UploadHost(configure: services =>
        {
            services.AddScoped<ScopedDirectory>();
            services.AddDirectUploads().AddAuthorizer<DirectoryAuthorizer>();
        });

        await host.GrantAsync();
        await host.GrantAsync();

        ScopedDirectory.Used.Should().HaveCount(2).And.OnlyHaveUniqueItems();
    }

    private static UploadHost CreateHost(
        Func<UploadAuthorizationContext, UploadAuthorization> authorize, Action<UploadProfile>? profile = null) =>
        new(profile: profile, configure: services => services.AddDirectUploads().AddAuthorizer(authorize));

    private sealed class ScopedDirectory
    {
        public static List<ScopedDirectory> Used { get; } = [];
    }

    private sealed class DirectoryAuthorizer(ScopedDirectory directory) : IUploadAuthorizer
    {
        public ValueTask<UploadAuthorization> AuthorizeAsync(UploadAuthorizationContext context, CancellationToken cancellationToken)
        {
            ScopedDirectory.Used.Add(directory);
            return new(UploadAuthorization.Allow);
        }
    }
}
