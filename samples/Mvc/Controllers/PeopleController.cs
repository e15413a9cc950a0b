using DirectUpload;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using MvcSample.Data;
using MvcSample.Models;

namespace MvcSample.Controllers;

/// <summary>Shows the users to each other.</summary>
[Authorize, Route("people")]
public sealed class PeopleController(ApplicationDbContext db, IDirectUploadService uploads) : Controller
{
    [HttpGet("/"), HttpGet("")]
    public async Task<IActionResult> Index() => View(await db.Users.OrderBy(user => user.DisplayName).Take(100)
        .Select(user => new Person(user.Id, user.DisplayName, user.About, user.AvatarId)).ToListAsync());

    /// <summary>Redirects to the avatar of any user. Only the owner can use /uploads/{id}/content; here this application decides.</summary>
    [HttpGet("{id}/avatar")]
    public async Task<IActionResult> Avatar(string id, CancellationToken cancellationToken)
    {
        var avatar = await db.Users.Where(user => user.Id == id).Select(user => user.AvatarId).SingleOrDefaultAsync(cancellationToken);
        if (avatar is null)
            return NotFound();
        var url = await uploads.CreateDownloadUrlAsync(avatar.Value, UploadAccess.Application, cancellationToken: cancellationToken);
        return url.Succeeded ? Redirect(url.Value.Url) : NotFound();
    }
}
