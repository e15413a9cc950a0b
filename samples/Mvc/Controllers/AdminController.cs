using DirectUpload;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using MvcSample.Accounts;
using MvcSample.Data;
using MvcSample.Models;

namespace MvcSample.Controllers;

/// <summary>Lists all uploads with their owners, by LINQ over the application's own database.</summary>
[Authorize(Roles = Roles.Administrator), Route("admin")]
public sealed class AdminController(ApplicationDbContext db) : Controller
{
    [HttpGet("uploads")]
    public async Task<IActionResult> Uploads(UploadStatus? status)
    {
        var rows =
            from upload in db.Uploads().Query
            join user in db.Users on upload.Owner equals user.Id into owners
            from owner in owners.DefaultIfEmpty()
            where status == null || upload.Status == status
            orderby upload.CreatedAt descending
            select new UploadRow(
                upload.Id, upload.FileName, upload.Profile, upload.Status, upload.Size, upload.CreatedAt, owner.DisplayName,
                upload.AssociationType == null ? null : upload.AssociationType + " " + upload.AssociationId);
        ViewBag.Status = status;
        return View(await rows.Take(200).ToListAsync());
    }
}
