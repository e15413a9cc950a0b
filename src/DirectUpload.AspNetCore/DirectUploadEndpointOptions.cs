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

    /// <summary>How content is given away. Default <see cref="ContentDelivery.Redirect"/>.</summary>
    public ContentDelivery Content { get; set; }
}
