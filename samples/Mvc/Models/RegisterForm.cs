using System.ComponentModel.DataAnnotations;

namespace MvcSample.Models;

/// <summary>The form that creates an account.</summary>
public sealed class RegisterForm
{
    [Required, StringLength(60), Display(Name = "Display name")]
    public string DisplayName { get; set; } = string.Empty;

    [Required, EmailAddress, StringLength(200)]
    public string Email { get; set; } = string.Empty;

    [Required, DataType(DataType.Password), StringLength(200, MinimumLength = 12)]
    public string Password { get; set; } = string.Empty;
}
