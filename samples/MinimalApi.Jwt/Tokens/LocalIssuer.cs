using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace MinimalApiJwt.Tokens;

/// <summary>Issues tokens to anyone who asks, for development. The key exists only in this process.</summary>
internal sealed class LocalIssuer
{
    private const string Name = "local-issuer";
    private const string Audience = "minimal-api-jwt";

    private readonly SymmetricSecurityKey _key = new(RandomNumberGenerator.GetBytes(32));

    public TokenValidationParameters ValidationParameters => new()
    {
        ValidIssuer = Name,
        ValidAudience = Audience,
        ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
        IssuerSigningKey = _key,
    };

    public string CreateToken(string subject, string scope) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Name,
        Audience = Audience,
        Claims = new Dictionary<string, object> { ["sub"] = subject, ["scope"] = scope },
        Expires = DateTime.UtcNow.AddHours(8),
        SigningCredentials = new(_key, SecurityAlgorithms.HmacSha256),
    });
}
