using DirectUpload;
using DirectUpload.EntityFrameworkCore;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using MvcSample.Accounts;
using MvcSample.Data;
using MvcSample.Models;

namespace MvcSample.Controllers;

/// <summary>The API for other clients, such as a mobile app. They upload through /uploads with the same bearer token.</summary>
[ApiController, Route("api"), IgnoreAntiforgeryToken] // a browser adds no bearer token by itself
public sealed class ApiController(UserManager<User> users, SignInManager<User> signIn, TokenIssuer tokens) : ControllerBase
{
    [HttpPost("token")]
    public async Task<IActionResult> CreateToken(SignInForm form)
    {
        if (await users.FindByEmailAsync(form.Email) is not { } user
            || !(await signIn.CheckPasswordSignInAsync(user, form.Password, lockoutOnFailure: true)).Succeeded)
            return Unauthorized();
        var lifetime = (int)TokenIssuer.Lifetime.TotalSeconds;
        return Ok(new { access_token = tokens.CreateToken(user), token_type = "Bearer", expires_in = lifetime });
    }

    [HttpPut("me/avatar"), Authorize(AuthenticationSchemes = JwtBearerDefaults.AuthenticationScheme)]
    public async Task<IActionResult> SetAvatar(AvatarBody body)
    {
        if (await users.GetUserAsync(User) is not { } user)
            return Unauthorized();
        user.AvatarId = body.AvatarId;
        try
        {
            var saved = await users.UpdateAsync(user);
            return saved.Succeeded ? NoContent() : Conflict();
        }
        catch (UploadAttachmentException refused)
        {
            ModelState.AddModelError("avatarId", refused.Error.Message);
            return ValidationProblem();
        }
    }

    public sealed record AvatarBody(UploadId? AvatarId);
}
