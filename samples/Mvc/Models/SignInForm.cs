using System.ComponentModel.DataAnnotations;

namespace MvcSample.Models;

/// <summary>The form that signs a user in; also the body of a request for a bearer token.</summary>
public sealed class SignInForm
{
    [Required, EmailAddress]
    public string Email { get; set; } = string.Empty;

    [Required, DataType(DataType.Password)]
    public string Password { get; set; } = string.Empty;
}
