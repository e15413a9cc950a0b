using Microsoft.AspNetCore.Http;

namespace DirectUpload.AspNetCore;

/// <summary>How the endpoints know their callers. Set it in <c>MapDirectUploads(pattern, o => …)</c>.</summary>
public sealed class DirectUploadEndpointOptions
{
    /// <summary>Gets or sets how the owner of an upload is found: a stable id that no two users share; null for an anonymous caller.</summary>
    /// <value>
    /// By default the first of these claims of an authenticated identity: <see cref="System.Security.Claims.ClaimTypes.NameIdentifier"/>, <c>sub</c>, Entra's object id (<c>oid</c>),
    /// <see cref="System.Security.Claims.ClaimTypes.PrimarySid"/> (Windows), <see cref="System.Security.Claims.ClaimTypes.Thumbprint"/> (client certificates), and the name of a Kerberos, NTLM or Negotiate identity.
    /// </value>
    /// <remarks>
    /// <para>
    /// An authenticated user without an owner is refused with 403, because several users would otherwise share their uploads and quota. So is an owner of more than 256 characters, such as an LDAP distinguished
    /// name, or with control characters: return a hash of it.
    /// </para>
    /// <para>
    /// Where users sign in by several identity providers, two of them may issue the same id for different people. Return the issuer as well: <c>$"{claim.Issuer} {claim.Value}"</c>.
    /// </para>
    /// </remarks>
    public Func<HttpContext, string?> Owner { get; set; } = static context => OwnerClaims.Find(context.User);

    /// <summary>How content is given away. Default <see cref="ContentDelivery.Redirect"/>.</summary>
    public ContentDelivery Content { get; set; }
}
