using DirectUpload;
using Microsoft.AspNetCore.Identity;

namespace MvcSample.Data;

/// <summary>A user with one avatar.</summary>
public sealed class User : IdentityUser
{
    public string DisplayName { get; set; } = string.Empty;

    public string? About { get; set; }

    /// <summary>Attached when it is saved; the previous avatar is deleted after the commit.</summary>
    public UploadId? AvatarId { get; set; }
}
