using DirectUpload.AspNetCore.Authorization;
using DirectUpload.AspNetCore.Http;
using DirectUpload.Primitives;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.AspNetCore;

/// <summary>Configures how the endpoints identify callers, deliver content and limit event streams.</summary>
/// <remarks>Set the options in <c>MapDirectUploads(pattern, o => …)</c> or <c>MapUppyUploads(pattern, profile, o => …)</c>.</remarks>
public sealed class DirectUploadEndpointOptions
{
    /// <summary>Gets or sets the function that returns the owner of an upload for a request.</summary>
    /// <value>
    /// A function that returns a stable id that no two users share, or null for an anonymous caller. The default returns the first of these
    /// claims of an authenticated identity: <see cref="System.Security.Claims.ClaimTypes.NameIdentifier"/>, <c>sub</c>, Entra's object id
    /// (<c>oid</c>), <see cref="System.Security.Claims.ClaimTypes.PrimarySid"/> (Windows),
    /// <see cref="System.Security.Claims.ClaimTypes.Thumbprint"/> (client certificates), and the name of a Kerberos, NTLM or Negotiate
    /// identity.
    /// </value>
    /// <remarks>
    /// <para>
    /// The endpoints refuse an authenticated user without an owner with 403, because several users would otherwise share their uploads and
    /// quota. They also refuse an owner that has more than 256 characters, such as an LDAP distinguished name, or control characters:
    /// return a hash of it instead.
    /// </para>
    /// <para>
    /// Two identity providers may issue the same id for different people. If users sign in with several providers, return the issuer as
    /// well: <c>$"{claim.Issuer} {claim.Value}"</c>.
    /// </para>
    /// </remarks>
    public Func<HttpContext, string?> OwnerResolver { get; set; } = static context => OwnerClaimResolver.Find(context.User);

    /// <summary>Gets the profiles that these endpoints serve.</summary>
    /// <value>
    /// Names of profiles of the application. Empty, the default, serves every profile.
    /// </value>
    /// <remarks>
    /// An upload of any other profile does not exist at these endpoints. A request for it is refused like a request for an unknown profile,
    /// and every call with its id returns 404, even with its token. A name that no profile has is an error when the endpoints are mapped.
    /// </remarks>
    public ISet<string> Profiles { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Gets or sets the address at which browsers reach this application, such as <c>https://app.example.com</c>.</summary>
    /// <value>
    /// An absolute HTTP or HTTPS address without a query or fragment; a path in it replaces the request's path base. Null, the default,
    /// uses the request's Host if the application's <c>AllowedHosts</c> names it or if it is this machine (<c>localhost</c>).
    /// </value>
    /// <remarks>
    /// The endpoints use it only where an address must be absolute: for the redirect of an HTML form upload, and for Uppy's tickets on
    /// pages of another origin.
    /// </remarks>
    public Uri? PublicBaseAddress { get; set; }

    /// <summary>Gets or sets how the content endpoint delivers content.</summary>
    /// <value>The default is <see cref="ContentDelivery.Redirect"/>.</value>
    public ContentDelivery ContentDelivery { get; set; }

    /// <summary>Gets or sets the maximum number of event streams of one upload that may be open at once.</summary>
    /// <value>1 to 10,000. The default is 16.</value>
    /// <remarks>
    /// The limit applies to <c>GET /uploads/{id}/events</c> and <c>GET /uploads/events</c> of this mapping in this process. A request
    /// beyond it returns 429, <c>too-many-streams</c>.
    /// </remarks>
    [OptionRange(1, 10_000)]
    public int MaxEventStreamsPerUpload { get; set; } = 16;

    /// <summary>Gets or sets the maximum number of event streams of one owner's uploads that may be open at once.</summary>
    /// <value>1 to 10,000. The default is 100.</value>
    /// <remarks>The limit applies to this mapping in this process.</remarks>
    [OptionRange(1, 10_000)]
    public int MaxEventStreamsPerOwner { get; set; } = 100;

    /// <summary>Gets or sets the maximum number of event streams of all anonymous uploads together that may be open at once.</summary>
    /// <value>1 to 10,000. The default is 1,000.</value>
    /// <remarks>The limit applies to this mapping in this process.</remarks>
    [OptionRange(1, 10_000)]
    public int MaxAnonymousEventStreams { get; set; } = 1000;

    internal bool Serves(string? profile) => Profiles.Count == 0 || (profile is not null && Profiles.Contains(profile));

    /// <summary>Throws an exception that names the mapping call if an option is not valid.</summary>
    internal void Validate(string call, DirectUploadOptions uploads) =>
        MappingErrors.ThrowIfAny<DirectUploadEndpointOptions>(call, FindErrors(uploads));

    private IEnumerable<string> FindErrors(DirectUploadOptions uploads)
    {
        foreach (var unknown in Profiles.Where(name => !uploads.Profiles.ContainsKey(name)))
        {
            yield return $"Profiles names \"{unknown}\", but the application has no such profile; "
                + $"there are: {string.Join(", ", uploads.Profiles.Keys)}.";
        }

        if (PublicBaseAddress is { } address && !IsBaseAddress(address))
        {
            yield return $"PublicBaseAddress is \"{address}\"; write it absolute and without a query, "
                + "such as \"https://app.example.com\".";
        }

        foreach (var error in OptionBounds.FindErrors(this))
            yield return error;
    }

    private static bool IsBaseAddress(Uri address) =>
        address.IsAbsoluteUri && address is { Scheme: "http" or "https", Query: "", Fragment: "", UserInfo: "" };
}
