using System.Security.Claims;
using DirectUpload;

namespace MinimalApiJwt.Tokens;

/// <summary>Allows uploads to users whose token has the scope or the role that the configuration names.</summary>
internal sealed class ScopeAuthorizer(JwtSettings settings) : IUploadAuthorizer
{
    // Scopes: scope (RFC 9068), scp (Entra ID), permissions (Auth0). Roles: roles (Entra ID), cognito:groups.
    private static readonly string[] ScopeClaims = ["scope", "scp", "permissions"];
    private static readonly string[] RoleClaims = ["roles", "cognito:groups"];

    public ValueTask<UploadAuthorization> AuthorizeAsync(UploadAuthorizationContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult(context.Caller.User is { } user && (Has(user, ScopeClaims, settings.UploadScope)
            || Has(user, RoleClaims, settings.UploadRole))
            ? UploadAuthorization.Allow
            : UploadAuthorization.Deny($"The token needs the scope {settings.UploadScope} or the role {settings.UploadRole}."));

    private static bool Has(ClaimsPrincipal user, string[] types, string value) => value.Length > 0
        && user.Claims.Any(claim => types.Contains(claim.Type) && claim.Value.Split(' ').Contains(value));
}
