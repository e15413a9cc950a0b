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
}
