using DirectUpload;
using Microsoft.AspNetCore.Mvc;
using MvcSample.Models;

namespace MvcSample.Controllers;

/// <summary>Requests uploads for HTML forms, which work without script.</summary>
internal static class UploadPageExtensions
{
    public static async Task<UploadPage> CreateUploadPageAsync(this Controller controller, string profile, string heading, string returnTo)
    {
        // The user chooses the file after the form is signed, so the page declares neither type nor size. The bytes decide.
        var request = new UploadRequest { Profile = profile, FileName = profile, ContentType = string.Empty, Size = null };
        var form = await controller.HttpContext.RequestUploadFormAsync(request, returnTo);
        if (!form.Succeeded)
            controller.ModelState.AddModelError(string.Empty, form.Error.Message);
        return new UploadPage(heading, returnTo, form.Value);
    }
}
