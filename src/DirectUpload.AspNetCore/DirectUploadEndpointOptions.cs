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

    /// <summary>Gets the profiles that these endpoints serve.</summary>
    /// <value>
    /// Names of profiles of the application. Empty, the default, serves every profile. An upload of any other profile does not exist here: a request for it is refused as that for an unknown profile, and every
    /// call with its id answers 404, whatever its token. A name that no profile has is an error when the endpoints are mapped.
    /// </value>
    public ISet<string> Profiles { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Gets or sets the address at which browsers reach this application, such as <c>https://app.example.com</c>.</summary>
    /// <value>
    /// An absolute address by HTTP or HTTPS, without query and fragment; a path in it stands for the request's path base. Null, the default, takes the request's Host where the application's <c>AllowedHosts</c> names it,
    /// or where it is this machine (<c>localhost</c>). Used only where an address must be absolute: the way back of a form without script, and Uppy's tickets for pages of another origin.
    /// </value>
    public Uri? PublicBaseAddress { get; set; }

    /// <summary>How content is given away. Default <see cref="ContentDelivery.Redirect"/>.</summary>
    public ContentDelivery Content { get; set; }

    /// <summary>
    /// Gets or sets how many event streams (<c>GET /uploads/{id}/events</c>) of one upload may be open at once, at this mapping and in this process. A further one is answered 429,
    /// <c>too-many-streams</c>.
    /// </summary>
    /// <value>1 to 10,000; 16 by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its bounds.</exception>
    public int MaxEventStreamsPerUpload
    {
        get;
        set => field = Bounded(value, nameof(MaxEventStreamsPerUpload));
    } = 16;

    /// <summary>Gets or sets how many event streams of the uploads of one owner may be open at once, at this mapping and in this process.</summary>
    /// <value>1 to 10,000; 100 by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its bounds.</exception>
    public int MaxEventStreamsPerOwner
    {
        get;
        set => field = Bounded(value, nameof(MaxEventStreamsPerOwner));
    } = 100;

    /// <summary>Gets or sets how many event streams of anonymous uploads may be open at once, over all of them, at this mapping and in this process.</summary>
    /// <value>1 to 10,000; 1,000 by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its bounds.</exception>
    public int MaxAnonymousEventStreams
    {
        get;
        set => field = Bounded(value, nameof(MaxAnonymousEventStreams));
    } = 1000;

    private static int Bounded(int value, string option) => value is >= 1 and <= 10_000
        ? value
        : throw new ArgumentOutOfRangeException(option, value, $"{option} is {value}; set it between 1 and 10,000.");

    internal bool Serves(string? profile) => Profiles.Count == 0 || (profile is not null && Profiles.Contains(profile));

    /// <summary>Throws for what can't work, in words that name the call.</summary>
    internal void Check(string call, DirectUploadOptions uploads)
    {
        if (Profiles.FirstOrDefault(name => !uploads.Profiles.ContainsKey(name)) is { } unknown)
            throw new InvalidOperationException($"{call}: Profiles names \"{unknown}\", which is no profile; there are: {string.Join(", ", uploads.Profiles.Keys)}.");
        if (PublicBaseAddress is { } address
            && (!address.IsAbsoluteUri || address.Scheme is not ("http" or "https") || address.Query.Length > 0 || address.Fragment.Length > 0 || address.UserInfo.Length > 0))
            throw new InvalidOperationException($"{call}: PublicBaseAddress is \"{address}\"; write it absolute and without a query, such as \"https://app.example.com\".");
    }
}
