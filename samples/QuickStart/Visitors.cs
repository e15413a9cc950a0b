using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace QuickStart;

/// <summary>Signs every browser in as a visitor of its own, so that uploads have an owner. A stand-in for real users.</summary>
internal static class Visitors
{
    public static void AddVisitors(this IServiceCollection services)
    {
        services.AddAuthentication("Visitor").AddScheme<AuthenticationSchemeOptions, VisitorAuthentication>("Visitor", null);
        services.AddAuthorization();
    }

    private sealed class VisitorAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
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
                    // Lax, which is usual: a form without script comes back by way of S3, which is another site.
                    SameSite = SameSiteMode.Lax,
                    MaxAge = TimeSpan.FromDays(30),
                });
            }

            var identity = new ClaimsIdentity([new(ClaimTypes.NameIdentifier, visitor.ToString("N"))], Scheme.Name);
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name)));
        }
    }
}
