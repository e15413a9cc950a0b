using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace DirectUpload.Samples.Tests;

/// <summary>An identity provider with a discovery document and a key, as Auth0, Cognito and Entra ID have them.</summary>
internal sealed class IdentityProvider : IAsyncDisposable
{
    private readonly RsaSecurityKey _key = new(RSA.Create(2048)) { KeyId = "key-1" };
    private readonly WebApplication _app;

    private IdentityProvider()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.MapGet("/.well-known/openid-configuration", () => new { issuer = Authority, jwks_uri = Authority + "keys" });
        _app.MapGet("/keys", () => new { keys = new[] { CreatePublicKey() } });
    }

    public string Authority => _app.Urls.First() + "/";

    public static async Task<IdentityProvider> StartAsync()
    {
        var provider = new IdentityProvider();
        await provider._app.StartAsync();
        return provider;
    }

    /// <summary>Creates a token; a claim that is null is left out.</summary>
    public string CreateToken(
        string? audience = "api", string? issuer = null, SecurityKey? key = null, DateTime? expires = null,
        params (string Name, object Value)[] claims) =>
            new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
            {
                Issuer = issuer ?? Authority,
                Audience = audience,
                Claims = claims.ToDictionary(claim => claim.Name, claim => claim.Value),
                Expires = expires ?? DateTime.UtcNow.AddMinutes(10),
                SigningCredentials = new(
                    key ?? _key, key is SymmetricSecurityKey ? SecurityAlgorithms.HmacSha256 : SecurityAlgorithms.RsaSha256),
            });

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private object CreatePublicKey()
    {
        var key = _key.Rsa.ExportParameters(includePrivateParameters: false);
        return new
        {
            kty = "RSA",
            use = "sig",
            kid = _key.KeyId,
            n = Base64UrlEncoder.Encode(key.Modulus),
            e = Base64UrlEncoder.Encode(key.Exponent),
        };
    }
}
