using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DirectUpload.AspNetCore.Tests.Hosting;

/// <summary>The host's users: whoever the header Test-User names, by the claim that Test-Claim names (else the usual one).</summary>
public sealed class TestSignIn(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private const string Named = "Test";

    public static void Add(IServiceCollection services)
    {
        services.AddAuthentication(Named).AddScheme<AuthenticationSchemeOptions, TestSignIn>(Named, null);
        services.AddAuthorization();
    }

    public static void Use(WebApplication app)
    {
        app.UseAuthentication();
        app.UseAuthorization();
    }

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers["Test-User"].ToString() is not { Length: > 0 } user)
            return Task.FromResult(AuthenticateResult.NoResult());
        var claim = Request.Headers["Test-Claim"].ToString() is { Length: > 0 } named ? named : ClaimTypes.NameIdentifier;
        var identity = new ClaimsIdentity([new Claim(claim, user)], Scheme.Name);
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name)));
    }
}
