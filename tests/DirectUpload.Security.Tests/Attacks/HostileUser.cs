using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DirectUpload.Security.Tests.Attacks;

/// <summary>Signs in a user with any claims, as UTF-16 in the header Test-Claims: so that names can hold what no header can.</summary>
public sealed class HostileUser(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private const string Header = "Test-Claims";

    public static void Add(IServiceCollection services)
    {
        services.AddAuthentication(Header).AddScheme<AuthenticationSchemeOptions, HostileUser>(Header, null);
        services.AddAuthorization();
    }

    public static Dictionary<string, string> Headers(params (string Type, string Value)[] claims) =>
        new()
        {
            [Header] = string.Join(
                ',',
                claims.SelectMany(claim => new[] { claim.Type, claim.Value }).Select(text => "." + Convert.ToBase64String(Bytes(text)))),
        };

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers[Header].ToString() is not { Length: > 0 } sent)
            return Task.FromResult(AuthenticateResult.NoResult());
        var texts = sent.Split(',').Select(text => Text(Convert.FromBase64String(text[1..]))).ToArray();
        var identity = new ClaimsIdentity(texts.Chunk(2).Select(claim => new Claim(claim[0], claim[1])), Scheme.Name);
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name)));
    }

    // Not by an encoding, which would mend what is broken.
    private static byte[] Bytes(string text) => [.. text.SelectMany(c => new[] { (byte)c, (byte)(c >> 8) })];

    private static string Text(byte[] bytes) => new([.. bytes.Chunk(2).Select(pair => (char)(pair[0] | (pair[1] << 8)))]);
}
