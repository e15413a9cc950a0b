using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace BlazorSample;

/// <summary>Signs in every browser as a separate visitor in place of real users, so that uploads have an owner.</summary>
internal static class VisitorAuthenticationSetup
{
    public static void AddVisitorAuthentication(this IServiceCollection services)
    {
        services.AddAuthentication("Visitor").AddScheme<AuthenticationSchemeOptions, VisitorAuthenticationHandler>("Visitor", null);
        services.AddAuthorization();
    }

    private sealed class VisitorAuthenticationHandler(
        IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        private const string Cookie = "visitor";

        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            if (!Guid.TryParseExact(Request.Cookies[Cookie], "N", out var visitor))
            {
                visitor = Guid.NewGuid();
                Response.Cookies.Append(Cookie, visitor.ToString("N"), new CookieOptions
                {
                    HttpOnly = true,
                    IsEssential = true,
                    // Lax, because S3, which is another site, redirects an HTML form back.
                    SameSite = SameSiteMode.Lax,
                    MaxAge = TimeSpan.FromDays(30),
                });
            }

            var identity = new ClaimsIdentity([new(ClaimTypes.NameIdentifier, visitor.ToString("N"))], Scheme.Name);
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name)));
        }
    }
}
