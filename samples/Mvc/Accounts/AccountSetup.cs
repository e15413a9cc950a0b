using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Identity;
using MvcSample.Data;

namespace MvcSample.Accounts;

/// <summary>Registers ASP.NET Core Identity: pages authenticate by cookie, clients of the API by bearer token.</summary>
internal static class AccountSetup
{
    private const string CookieOrBearer = "CookieOrBearer";

    public static void AddAccounts(this IServiceCollection services)
    {
        services.AddIdentity<User, IdentityRole>(o =>
            {
                o.User.RequireUniqueEmail = true;
                o.Password = new() { RequiredLength = 12, RequireDigit = false, RequireNonAlphanumeric = false, RequireUppercase = false };
            })
            .AddEntityFrameworkStores<ApplicationDbContext>();
        services.ConfigureApplicationCookie(o => (o.LoginPath, o.AccessDeniedPath) = ("/account/sign-in", "/account/denied"));

        // One default scheme for pages and API: the header decides.
        services.AddAuthentication(o => (o.DefaultAuthenticateScheme, o.DefaultChallengeScheme) = (CookieOrBearer, CookieOrBearer))
            .AddPolicyScheme(CookieOrBearer, displayName: null, o => o.ForwardDefaultSelector = SelectScheme)
            .AddJwtBearer();
        services.AddSingleton<TokenIssuer>();
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<TokenIssuer>((o, issuer) => o.TokenValidationParameters = issuer.ValidationParameters);
        services.AddAuthorization();
    }

    private static string SelectScheme(HttpContext context) => context.Request.Headers.ContainsKey("Authorization")
        ? JwtBearerDefaults.AuthenticationScheme
        : IdentityConstants.ApplicationScheme;
}
