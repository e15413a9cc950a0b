using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace MinimalApiJwt.Tokens;

/// <summary>Accepts the tokens of one issuer for one audience.</summary>
internal static class JwtSetup
{
    public static void AddJwtAuthentication(this WebApplicationBuilder builder)
    {
        var settings = builder.Configuration.GetRequiredSection("Jwt").Get<JwtSettings>()!;
        builder.Services.AddSingleton(settings);
        // Every owner needs an id: a token of a machine may have none.
        builder.Services.AddAuthorizationBuilder().SetDefaultPolicy(
            new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireClaim("sub").Build());
        var authentication = builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme);
        if (settings.Authority.Length > 0)
        {
            // Without it, a token for any other application would be accepted.
            if (settings.Audience.Length == 0)
                throw new InvalidOperationException("Set Jwt:Audience to the audience of this API's tokens.");
            authentication.AddJwtBearer(o => TrustAuthority(o, settings, builder.Environment.IsDevelopment()));
        }
        else if (builder.Environment.IsDevelopment())
        {
            var issuer = new LocalIssuer();
            builder.Services.AddSingleton(issuer);
            authentication.AddJwtBearer(o => (o.MapInboundClaims, o.TokenValidationParameters) = (false, issuer.ValidationParameters));
        }
        else
        {
            throw new InvalidOperationException("Set Jwt:Authority and Jwt:Audience. The local issuer is for development only.");
        }
    }

    private static void TrustAuthority(JwtBearerOptions options, JwtSettings settings, bool isDevelopment)
    {
        options.Authority = settings.Authority;
        options.RequireHttpsMetadata = !isDevelopment;
        options.MapInboundClaims = false; // keeps the names sub, scope and roles
        options.TokenValidationParameters.ValidAudience = settings.Audience;
        options.TokenValidationParameters.AudienceValidator = HasAudience;
    }

    // An access token of Amazon Cognito has no audience, but the id of the app client that it was issued to.
    private static bool HasAudience(IEnumerable<string> audiences, SecurityToken token, TokenValidationParameters parameters)
    {
        var named = audiences.ToList();
        if (named.Count == 0 && token is JsonWebToken jwt && jwt.TryGetPayloadValue<string>("client_id", out var client))
            named.Add(client);
        return named.Contains(parameters.ValidAudience, StringComparer.Ordinal);
    }
}
