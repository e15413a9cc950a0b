using System.ComponentModel.DataAnnotations;
using DirectUpload;

namespace MvcSample.Models;

/// <summary>The form in which users edit their profile.</summary>
public sealed class ProfileForm
{
    [Required, StringLength(60), Display(Name = "Display name")]
    public string DisplayName { get; set; } = string.Empty;

    [StringLength(300), Display(Name = "About you")]
    public string? About { get; set; }

    [Display(Name = "Picture")]
    public UploadId? AvatarId { get; set; }
}
