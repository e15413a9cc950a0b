using System.Security.Claims;

namespace DirectUpload.AspNetCore;

/// <summary>Finds the claim that names a user for good, as the common authentication schemes issue it.</summary>
internal static class OwnerClaims
{
    // In order: what is an id first, what is one by custom last. No display names or e-mail addresses, which change hands.
    private static readonly string[] Ids =
    [
        ClaimTypes.NameIdentifier, // cookies, Identity, JWT and OpenID Connect with mapped claims
        "sub", // JWT and OpenID Connect without
        "http://schemas.microsoft.com/identity/claims/objectidentifier", "oid", // Entra ID
        ClaimTypes.PrimarySid, // Windows
        ClaimTypes.Thumbprint, // client certificates
    ];

    private static readonly string[] NamedByDomain = ["Kerberos", "NTLM", "Negotiate", "Windows"];

    /// <summary>Null when no identity is authenticated, or none has such a claim.</summary>
    public static string? Find(ClaimsPrincipal user)
    {
        // An identity that is not authenticated may hold whatever a client sent.
        ClaimsIdentity[] authenticated = [.. user.Identities.Where(identity => identity.IsAuthenticated)];
        foreach (var type in Ids)
        {
            if (Array.Find(authenticated, identity => Has(identity, type)) is { } identity)
                return identity.FindFirst(claim => claim.Type == type && claim.Value.Length > 0)!.Value;
        }

        // On Linux, Negotiate knows the account's name alone: it is unique in its domain.
        return Array.Find(authenticated, identity => NamedByDomain.Contains(identity.AuthenticationType, StringComparer.OrdinalIgnoreCase) && !string.IsNullOrEmpty(identity.Name))?.Name;
    }

    private static bool Has(ClaimsIdentity identity, string type) => identity.HasClaim(claim => claim.Type == type && claim.Value.Length > 0);
}
