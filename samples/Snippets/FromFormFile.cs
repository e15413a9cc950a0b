using System.Security.Claims;
using DirectUpload;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Snippets;

[Route("profile")]
public sealed class FolderAvatarController(Users users) : Controller
{
    [HttpPost("avatar")]
    public async Task<IActionResult> Save(IFormFile file)
    {
        var name = Path.GetRandomFileName();
        await using var target = System.IO.File.Create(Path.Combine("avatars", name));
        await file.CopyToAsync(target);

        await users.SetAvatarAsync(User, name);
        return RedirectToAction("Index");
    }
}

[Route("profile")]
public sealed class StoredAvatarController(Users users, IDirectUploadService uploads) : Controller
{
    [HttpPost("avatar")]
    public async Task<IActionResult> Save(IFormFile file)
    {
        UploadRequest request = new() { Profile = "avatar", FileName = file.FileName, ContentType = file.ContentType, Size = file.Length };
        var stored = await uploads.StoreAsync(file.OpenReadStream(), request, new UploadCaller { Owner = users.GetId(User) });
        if (!stored.TryGetValue(out var upload)) return BadRequest(stored.Error.Message);

        await users.SetAvatarAsync(User, upload.Id.ToString());
        return RedirectToAction("Index");
    }
}

[Route("profile")]
public sealed class DirectAvatarController(Users users, IDirectUploadService uploads) : Controller
{
    [HttpPost("avatar")]
    public async Task<IActionResult> Save(UploadId avatar)
    {
        var user = users.GetId(User);
        var attached = await uploads.AttachAsync(
            avatar, UploadAccess.Owner(user), new UploadAssociation("user", user, "avatar"), "avatar", replace: true);
        if (!attached.TryGetValue(out var upload)) return BadRequest(attached.Error.Message);

        await users.SetAvatarAsync(User, upload.Id.ToString());
        return RedirectToAction("Index");
    }
}

/// <summary>The users of the application.</summary>
public abstract class Users
{
    public abstract string GetId(ClaimsPrincipal user);

    public abstract string FindOwner(string path);

    public abstract Task SetAvatarAsync(ClaimsPrincipal user, string avatar);

    public abstract Task ReplaceAvatarAsync(string path, UploadId avatar);
}

/// <summary>Moves the files of a folder.</summary>
internal static class FromFormFile
{
    public static async Task MoveFilesAsync(IDirectUploadService uploads, Users users)
    {
        foreach (var path in Directory.EnumerateFiles("avatars"))
        {
            await using var file = File.OpenRead(path);
            var request = new UploadRequest
            {
                Profile = "avatar",
                FileName = Path.GetFileName(path),
                ContentType = "image/png",
                Size = file.Length,
            };
            var stored = await uploads.StoreAsync(file, request, new UploadCaller { Owner = users.FindOwner(path) });
            if (stored.TryGetValue(out var upload))
                await users.ReplaceAvatarAsync(path, upload.Id);
        }
    }
}
