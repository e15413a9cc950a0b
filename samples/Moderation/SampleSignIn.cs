using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace ModerationSample;

/// <summary>
/// Signs in every browser as a separate visitor, and moderators by one password. It takes the place of your application's users.
/// </summary>
internal static class SampleSignIn
{
    public const string Moderator = "moderator";

    private const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;

    public static void AddSampleSignIn(this IServiceCollection services)
    {
        services.AddAuthentication(Scheme).AddCookie(o => (o.LoginPath, o.AccessDeniedPath) = ("/sign-in", "/sign-in"));
        // A page or an endpoint without rules of its own is for signed-in users.
        services.AddAuthorization(o => o.FallbackPolicy = o.DefaultPolicy);
    }

    public static Task SignInAsVisitorAsync(this HttpContext context) =>
        context.SignInAsync(Scheme, CreateUser(context, isModerator: false));

    public static Task SignInAsModeratorAsync(this HttpContext context) =>
        context.SignInAsync(Scheme, CreateUser(context, isModerator: true));

    public static bool IsPassword(string? given, string? expected) =>
        !string.IsNullOrEmpty(given) && !string.IsNullOrEmpty(expected)
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));

    // A visitor who signs in as moderator, or signs out, keeps the own pictures.
    private static ClaimsPrincipal CreateUser(HttpContext context, bool isModerator)
    {
        var identity = new ClaimsIdentity(Scheme);
        identity.AddClaim(new(
            ClaimTypes.NameIdentifier, context.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? $"visitor-{Guid.NewGuid():N}"[..20]));
        if (isModerator)
            identity.AddClaims([new(ClaimTypes.Role, Moderator), new(ClaimTypes.Name, Moderator)]);
        return new ClaimsPrincipal(identity);
    }
}
