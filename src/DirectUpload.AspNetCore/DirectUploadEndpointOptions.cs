using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.AspNetCore;

/// <summary>How the endpoints know their callers. Set it in <c>MapDirectUploads(pattern, o => …)</c>.</summary>
public sealed class DirectUploadEndpointOptions
{
    /// <summary>
    /// Whom an upload belongs to: a stable id, or null for an anonymous caller. Default: the user's <see cref="ClaimTypes.NameIdentifier"/> claim,
    /// else <c>sub</c>.
    /// </summary>
    public Func<HttpContext, string?> Owner { get; set; } = static context =>
        context.User.Identity?.IsAuthenticated == true
            ? context.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? context.User.FindFirstValue("sub")
            : null;

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
