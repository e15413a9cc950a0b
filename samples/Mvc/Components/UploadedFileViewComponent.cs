using System.Security.Claims;
using DirectUpload;
using Microsoft.AspNetCore.Mvc;
using MvcSample.Models;

namespace MvcSample.Components;

/// <summary>Shows an uploaded file within a form, with its id in a hidden field. The user must own it.</summary>
public sealed class UploadedFileViewComponent(IDirectUploadService uploads) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(UploadId id, string field)
    {
        var access = UploadAccess.Owner(UserClaimsPrincipal.FindFirstValue(ClaimTypes.NameIdentifier)!);
        var found = await uploads.GetAsync(id, access, HttpContext.RequestAborted);
        return found.Succeeded ? View(new UploadedFile(field, id, found.Value.FileName)) : Content(string.Empty);
    }
}
