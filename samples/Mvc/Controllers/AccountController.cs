using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using MvcSample.Data;
using MvcSample.Models;

namespace MvcSample.Controllers;

/// <summary>Registers users and signs them in and out.</summary>
[Route("account")]
public sealed class AccountController(UserManager<User> users, SignInManager<User> signIn) : Controller
{
    [HttpGet("register")]
    public IActionResult Register() => View(new RegisterForm());

    [HttpPost("register")]
    public async Task<IActionResult> Register(RegisterForm form)
    {
        if (!ModelState.IsValid)
            return View(form);
        var user = new User { UserName = form.Email, Email = form.Email, DisplayName = form.DisplayName };
        var created = await users.CreateAsync(user, form.Password);
        if (!created.Succeeded)
        {
            foreach (var error in created.Errors)
                ModelState.AddModelError(string.Empty, error.Description);
            return View(form);
        }

        await signIn.SignInAsync(user, isPersistent: false);
        return RedirectToAction("Edit", "Profile");
    }

    [HttpGet("sign-in")]
    public IActionResult SignIn() => View(new SignInForm());

    [HttpPost("sign-in")]
    public async Task<IActionResult> SignIn(SignInForm form, string? returnUrl)
    {
        if (!ModelState.IsValid)
            return View(form);
        var result = await signIn.PasswordSignInAsync(form.Email, form.Password, isPersistent: false, lockoutOnFailure: true);
        if (result.Succeeded)
            return LocalRedirect(Url.IsLocalUrl(returnUrl) ? returnUrl : "/");
        ModelState.AddModelError(string.Empty, "The email address or the password is wrong, or the account is locked for some minutes.");
        return View(form);
    }

    [HttpPost("sign-out")]
    public async Task<IActionResult> SignOutAsync()
    {
        await signIn.SignOutAsync();
        return RedirectToAction(nameof(SignIn));
    }

    [HttpGet("denied")]
    public IActionResult Denied() => View();
}
