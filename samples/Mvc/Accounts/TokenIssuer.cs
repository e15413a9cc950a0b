using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using MvcSample.Data;

namespace MvcSample.Accounts;

/// <summary>Issues and validates the bearer tokens of this application's users.</summary>
/// <remarks>The key is random, so tokens end with the process. Several instances need a common key from a secret store.</remarks>
public sealed class TokenIssuer
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private const string Name = "mvc-sample";

    private readonly SymmetricSecurityKey _key = new(RandomNumberGenerator.GetBytes(32));

    public TokenValidationParameters ValidationParameters => new()
    {
        ValidIssuer = Name,
        ValidAudience = Name,
        ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
        IssuerSigningKey = _key,
    };

    public string CreateToken(User user) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Name,
        Audience = Name,
        Subject = new ClaimsIdentity([new(JwtRegisteredClaimNames.Sub, user.Id)]),
        Expires = DateTime.UtcNow + Lifetime,
        SigningCredentials = new(_key, SecurityAlgorithms.HmacSha256),
    });
}
