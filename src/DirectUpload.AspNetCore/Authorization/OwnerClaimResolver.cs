using System.Security.Claims;

namespace DirectUpload.AspNetCore.Authorization;

/// <summary>Finds the claim that identifies a user permanently, as the common authentication schemes issue it.</summary>
internal static class OwnerClaimResolver
{
    // In order of preference. No display names or email addresses, because they can pass to another person.
    private static readonly string[] IdentifierClaimTypes =
    [
        ClaimTypes.NameIdentifier, // cookies, Identity, JWT and OpenID Connect with mapped claims
        "sub", // JWT and OpenID Connect without mapped claims
        "http://schemas.microsoft.com/identity/claims/objectidentifier", "oid", // Entra ID
        ClaimTypes.PrimarySid, // Windows
        ClaimTypes.Thumbprint, // client certificates
    ];

    private static readonly string[] DomainAuthenticationTypes = ["Kerberos", "NTLM", "Negotiate", "Windows"];

    /// <summary>Finds the id of a user; null if no authenticated identity has such a claim.</summary>
    public static string? Find(ClaimsPrincipal user)
    {
        // An identity that is not authenticated may contain values that a client sent.
        ClaimsIdentity[] authenticated = [.. user.Identities.Where(identity => identity.IsAuthenticated)];
        foreach (var type in IdentifierClaimTypes)
        {
            if (Array.Find(authenticated, identity => HasClaim(identity, type)) is { } identity)
                return identity.FindFirst(claim => claim.Type == type && claim.Value.Length > 0)!.Value;
        }

        // On Linux, Negotiate provides only the account's name, which is unique in its domain.
        return Array.Find(authenticated, identity => DomainAuthenticationTypes.Contains(
            identity.AuthenticationType, StringComparer.OrdinalIgnoreCase) && !string.IsNullOrEmpty(identity.Name))?.Name;
    }

    private static bool HasClaim(ClaimsIdentity identity, string type) =>
        identity.HasClaim(claim => claim.Type == type && claim.Value.Length > 0);
}
