using System.Text.Json;
using DirectUpload;
using DirectUpload.EntityFrameworkCore;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using MvcSample.Data;
using MvcSample.Models;

namespace MvcSample.Controllers;

/// <summary>The user's album: many uploads in the order that the user chose.</summary>
[Authorize, Route("album")]
public sealed class AlbumController(ApplicationDbContext db, UserManager<User> users, IDirectUploadService uploads) : Controller
{
    private const string Draft = "AlbumDraft";

    private string UserId => users.GetUserId(User)!;

    /// <summary>Shows the form. A browser without script returns here with the id of its upload.</summary>
    [HttpGet("")]
    public async Task<IActionResult> Edit(UploadId? upload)
    {
        var album = await FindAsync();
        var form = TempData[Draft] is string draft
            ? JsonSerializer.Deserialize<AlbumForm>(draft)!
            : new() { Title = album.Title, PhotoIds = [.. album.PhotoIds] };
        if (upload is { } added && !form.PhotoIds.Contains(added) && await CheckPhotoAsync(added))
            form.PhotoIds.Add(added);
        return View(form);
    }

    [HttpPost("")]
    public async Task<IActionResult> Edit(AlbumForm form)
    {
        var album = await FindAsync();
        form.PhotoIds = [.. form.PhotoIds.Distinct()];
        foreach (var added in form.PhotoIds.Except(album.PhotoIds).ToList())
        {
            if (!await CheckPhotoAsync(added))
                form.PhotoIds.Remove(added);
        }

        if (!ModelState.IsValid)
            return View(form);

        (album.Title, album.PhotoIds) = (form.Title, form.PhotoIds);
        try
        {
            await db.SaveChangesAsync(); // attaches the added photos and detaches the removed ones in the same transaction
        }
        catch (UploadAttachmentException refused)
        {
            // A photo expired, or was attached elsewhere, since the check. Nothing was saved.
            ModelState.AddModelError(nameof(form.PhotoIds), refused.Error.Message);
            form.PhotoIds.Remove(refused.UploadId);
            return View(form);
        }

        TempData["Notice"] = "Your album is saved.";
        return RedirectToAction(nameof(Edit));
    }

    /// <summary>Shows the form with a photo moved or removed. Nothing is saved yet.</summary>
    [HttpPost("arrange")]
    public IActionResult Arrange(AlbumForm form, UploadId? earlier, UploadId? later, UploadId? remove)
    {
        form.Move(earlier ?? default, -1);
        form.Move(later ?? default, +1);
        form.PhotoIds.Remove(remove ?? default);
        ModelState.Clear();
        return View(nameof(Edit), form);
    }

    /// <summary>Without script: keeps the form, and leads to the page that uploads a photo.</summary>
    [HttpPost("photo")]
    public IActionResult KeepDraft(AlbumForm form)
    {
        TempData[Draft] = JsonSerializer.Serialize(form);
        return RedirectToAction(nameof(Photo));
    }

    [HttpGet("photo")]
    public async Task<IActionResult> Photo() =>
        View("Upload", await this.CreateUploadPageAsync("photo", "Upload a photo", returnTo: "/album"));

    private async Task<Album> FindAsync()
    {
        if (await db.Albums.SingleOrDefaultAsync(album => album.UserId == UserId) is { } album)
            return album;
        return db.Albums.Add(new Album { UserId = UserId }).Entity;
    }

    private async Task<bool> CheckPhotoAsync(UploadId id)
    {
        var check = await uploads.CheckAttachAsync(id, UploadAccess.Owner(UserId), profile: "photo");
        if (!check.Succeeded)
            ModelState.AddModelError(nameof(AlbumForm.PhotoIds), check.Error.Message);
        return check.Succeeded;
    }
}
