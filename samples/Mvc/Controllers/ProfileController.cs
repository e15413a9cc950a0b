using System.Text.Json;
using DirectUpload;
using DirectUpload.EntityFrameworkCore;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using MvcSample.Data;
using MvcSample.Models;

namespace MvcSample.Controllers;

/// <summary>The user's profile with its avatar: one upload, which a new one replaces.</summary>
[Authorize, Route("profile")]
public sealed class ProfileController(UserManager<User> users, IDirectUploadService uploads) : Controller
{
    private const string Draft = "ProfileDraft";

    /// <summary>Shows the form. A browser without script returns here with the id of its upload.</summary>
    [HttpGet("")]
    public async Task<IActionResult> Edit(UploadId? upload)
    {
        if (await users.GetUserAsync(User) is not { } user)
            return Challenge();
        var form = TempData[Draft] is string draft
            ? JsonSerializer.Deserialize<ProfileForm>(draft)!
            : new() { DisplayName = user.DisplayName, About = user.About, AvatarId = user.AvatarId };
        if (upload is not null && await CheckAvatarAsync(user, upload))
            form.AvatarId = upload;
        return View(form);
    }

    [HttpPost("")]
    public async Task<IActionResult> Edit(ProfileForm form)
    {
        if (await users.GetUserAsync(User) is not { } user)
            return Challenge();
        if (!await CheckAvatarAsync(user, form.AvatarId))
            ShowAvatar(form, user.AvatarId); // the form shows the saved picture again
        if (!ModelState.IsValid)
            return View(form);

        var saved = user.AvatarId;
        (user.DisplayName, user.About) = (form.DisplayName, form.About);
        user.AvatarId = form.AvatarId; // attached in the transaction that saves the user
        if (!await SaveAsync(user))
        {
            ShowAvatar(form, saved);
            return View(form);
        }

        TempData["Notice"] = "Your profile is saved.";
        return RedirectToAction(nameof(Edit));
    }

    /// <summary>Shows the form without the picture. Nothing is saved yet.</summary>
    [HttpPost("arrange")]
    public IActionResult Arrange(ProfileForm form)
    {
        form.AvatarId = null;
        ModelState.Clear();
        return View(nameof(Edit), form);
    }

    /// <summary>Without script: keeps the form's other fields, and leads to the page that uploads a picture.</summary>
    [HttpPost("picture")]
    public IActionResult KeepDraft(ProfileForm form)
    {
        TempData[Draft] = JsonSerializer.Serialize(form);
        return RedirectToAction(nameof(Picture));
    }

    [HttpGet("picture")]
    public async Task<IActionResult> Picture() =>
        View("Upload", await this.CreateUploadPageAsync("avatar", "Upload a picture", returnTo: "/profile"));

    // A form shows what was sent, which is in the model's state, unless that is replaced; its errors stay.
    private void ShowAvatar(ProfileForm form, UploadId? id)
    {
        form.AvatarId = id;
        ModelState.SetModelValue(nameof(form.AvatarId), id?.ToString(), id?.ToString());
    }

    private async Task<bool> CheckAvatarAsync(User user, UploadId? id)
    {
        if (ModelState.GetFieldValidationState(nameof(ProfileForm.AvatarId)) == ModelValidationState.Invalid)
            return false; // not even an id
        if (id is null || id == user.AvatarId)
            return true;
        var check = await uploads.CheckAttachAsync(id.Value, UploadAccess.Owner(user.Id), profile: "avatar");
        if (!check.Succeeded)
            ModelState.AddModelError(nameof(ProfileForm.AvatarId), check.Error.Message);
        return check.Succeeded;
    }

    private async Task<bool> SaveAsync(User user)
    {
        try
        {
            var saved = await users.UpdateAsync(user);
            foreach (var error in saved.Errors)
                ModelState.AddModelError(string.Empty, error.Description);
        }
        catch (UploadAttachmentException refused)
        {
            // The upload expired, or was attached elsewhere, since the check. Nothing was saved.
            ModelState.AddModelError(nameof(ProfileForm.AvatarId), refused.Error.Message);
        }

        return ModelState.IsValid;
    }
}
