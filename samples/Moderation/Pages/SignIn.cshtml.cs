using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace ModerationSample.Pages;

/// <summary>Signs moderators in and out.</summary>
[AllowAnonymous]
internal sealed class SignInModel(IOptions<ModerationOptions> options) : PageModel
{
    [BindProperty]
    public string? Password { get; set; }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!SampleSignIn.IsPassword(Password, options.Value.Password))
        {
            ModelState.AddModelError(nameof(Password), "This is not the password of moderators.");
            return Page();
        }

        await HttpContext.SignInAsModeratorAsync();
        return RedirectToPage("/Moderation");
    }

    public async Task<IActionResult> OnPostOutAsync()
    {
        await HttpContext.SignInAsVisitorAsync();
        return RedirectToPage("/Index");
    }
}
