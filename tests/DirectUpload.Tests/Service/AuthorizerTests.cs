using System.Security.Claims;
using DirectUpload.Profiles;
using DirectUpload.Uploads;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Tests.Service;

public sealed class AuthorizerTests
{
    private static readonly UploadCaller Ada = new() { Owner = "ada", User = new ClaimsPrincipal(new ClaimsIdentity([new Claim("plan", "free")], "test")) };

    [Fact]
    public async Task Sees_profile_claims_and_user()
    {
        UploadAuthorizationContext? seen = null;
        await using var host = Host(asked =>
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
    public async Task Is_not_asked_about_what_the_profile_refuses()
    {
        await using var host = Host(_ => throw new InvalidOperationException("asked"));

        (await host.Service.RequestAsync(UploadHost.Request with { ContentType = "video/mp4" }, Ada)).Error!.Reason.Should().Be(UploadErrorReason.TypeNotAllowed);
    }

    [Fact]
    public async Task That_can_not_tell_is_an_outage()
    {
        await using var host = Host(_ => throw new TimeoutException("the directory is out"));

        await FluentActions.Awaiting(() => host.Service.RequestAsync(UploadHost.Request, Ada)).Should().ThrowAsync<TimeoutException>();
        (await host.Store.CountPendingAsync("notes", "ada", host.Clock.GetUtcNow())).Count.Should().Be(0);
    }

    [Fact]
    public async Task Says_why_not_in_its_own_words()
    {
        await using var host = Host(_ => UploadAuthorization.Refuse("The trial is over."));

        (await host.Service.RequestAsync(UploadHost.Request, Ada)).Error.Should().Be(new UploadError(UploadErrorReason.NotAuthorized, "The trial is over."));
    }

    [Fact]
    public async Task Narrows_and_never_widens()
    {
        await using var host = Host(_ => UploadAuthorization.Within(new() { MaxSize = long.MaxValue, MaxPendingUploads = 1_000, ContentTypes = ["*/*"] }), notes =>
        {
            notes.MaxSize = 20;
            notes.MaxPendingUploads = 1;
        });

        (await host.Service.RequestAsync(UploadHost.Request with { Size = 21 }, Ada)).Error!.Reason.Should().Be(UploadErrorReason.TooLarge);
        (await host.Service.RequestAsync(UploadHost.Request with { ContentType = "video/mp4" }, Ada)).Error!.Reason.Should().Be(UploadErrorReason.TypeNotAllowed);
        (await host.Service.RequestAsync(UploadHost.Request, Ada)).Succeeded.Should().BeTrue();
        (await host.Service.RequestAsync(UploadHost.Request, Ada)).Error!.Reason.Should().Be(UploadErrorReason.QuotaExceeded);
    }

    [Fact]
    public async Task Narrows_every_limit()
    {
        var limits = new UploadLimits();
        await using var host = Host(_ => UploadAuthorization.Within(limits), notes => notes.MaxPendingUploads = null);

        limits = new() { MaxSize = 11 };
        (await host.Service.RequestAsync(UploadHost.Request, Ada)).Error!.Reason.Should().Be(UploadErrorReason.TooLarge);
        limits = new() { ContentTypes = ["image/*"] };
        (await host.Service.RequestAsync(UploadHost.Request, Ada)).Error!.Reason.Should().Be(UploadErrorReason.TypeNotAllowed);
        limits = new() { MaxPendingBytes = 11 };
        (await host.Service.RequestAsync(UploadHost.Request, Ada)).Error!.Reason.Should().Be(UploadErrorReason.QuotaExceeded);
        limits = new() { MaxTotalBytes = 11 };
        (await host.Service.RequestAsync(UploadHost.Request, Ada)).Error!.Reason.Should().Be(UploadErrorReason.QuotaExceeded);
        limits = new() { MaxPendingUploads = 0 };
        (await host.Service.RequestAsync(UploadHost.Request, Ada)).Error!.Reason.Should().Be(UploadErrorReason.QuotaExceeded);
        limits = new();
        (await host.Service.RequestAsync(UploadHost.Request, Ada)).Succeeded.Should().BeTrue();
    }

    [Fact]
    public async Task Narrows_what_a_form_without_a_size_may_send()
    {
        await using var host = Host(_ => UploadAuthorization.Within(new() { MaxSize = 100 }), notes => notes.Method = UploadMethod.Post);

        var granted = await host.Service.RequestAsync(UploadHost.Request with { Size = null }, Ada);

        granted.Value!.Record.ClaimedSize.Should().Be(100);
    }

    [Fact]
    public async Task Each_of_several_must_allow()
    {
        await using var host = new UploadHost(configure: services => services.AddDirectUploads()
            .AddAuthorizer(_ => UploadAuthorization.Within(new() { ContentTypes = ["text/*", "image/png"], MaxSize = 100 }))
            .AddAuthorizer(_ => UploadAuthorization.Within(new() { ContentTypes = ["*/*"], MaxSize = 50 }))
            .AddAuthorizer(_ => UploadAuthorization.Within(new() { ContentTypes = ["image/*", "text/plain"] })));

        (await host.Service.RequestAsync(UploadHost.Request, Ada)).Succeeded.Should().BeTrue();
        (await host.Service.RequestAsync(UploadHost.Request with { ContentType = "image/png" }, Ada)).Succeeded.Should().BeTrue();
        (await host.Service.RequestAsync(UploadHost.Request with { ContentType = "text/html" }, Ada)).Error!.Reason.Should().Be(UploadErrorReason.TypeNotAllowed);
        (await host.Service.RequestAsync(UploadHost.Request with { Size = 51 }, Ada)).Error!.Reason.Should().Be(UploadErrorReason.TooLarge);
        (await host.Service.AuthorizeAsync(UploadHost.Request, Ada)).Value!.ContentTypes.Should().Equal("text/plain", "image/png");
    }

    [Fact]
    public async Task Is_made_for_each_request_in_a_scope_of_its_own()
    {
        await using var host = new UploadHost(configure: services =>
        {
            services.AddScoped<Directory>();
            services.AddDirectUploads().AddAuthorizer<ByDirectory>();
        });

        await host.GrantAsync();
        await host.GrantAsync();

        Directory.Asked.Should().HaveCount(2).And.OnlyHaveUniqueItems();
    }

    private static UploadHost Host(Func<UploadAuthorizationContext, UploadAuthorization> authorize, Action<UploadProfile>? profile = null) =>
        new(profile: profile, configure: services => services.AddDirectUploads().AddAuthorizer(authorize));

    private sealed class Directory
    {
        public static List<Directory> Asked { get; } = [];
    }

    private sealed class ByDirectory(Directory directory) : IUploadAuthorizer
    {
        public ValueTask<UploadAuthorization> AuthorizeAsync(UploadAuthorizationContext context, CancellationToken cancellationToken)
        {
            Directory.Asked.Add(directory);
            return new(UploadAuthorization.Allow);
        }
    }
}
