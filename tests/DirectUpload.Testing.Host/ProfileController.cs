using Microsoft.AspNetCore.Mvc;

namespace DirectUpload.Testing.Host;

/// <summary>The page of a user, whose form submits the id of an uploaded avatar.</summary>
[Route("profile")]
public sealed class ProfileController(IDirectUploadService uploads) : ControllerBase
{
    [HttpPost]
    public async Task<IActionResult> Save([FromHeader(Name = "X-User")] string user, [FromForm] UploadId avatar)
    {
        var attached = await uploads.AttachAsync(
            avatar, UploadAccess.Owner(user), new UploadAssociation("user", user, "avatar"), "avatar", replace: true);
        return attached.Succeeded ? NoContent() : BadRequest(attached.Error.Code);
    }
}
