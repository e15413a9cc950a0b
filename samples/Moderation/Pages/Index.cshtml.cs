using System.Security.Claims;
using DirectUpload;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ModerationSample.Pages;

/// <summary>Lets a visitor upload pictures, and shows what became of them.</summary>
[AllowAnonymous]
internal sealed class IndexModel(IDirectUploadService uploads) : PageModel
{
    private const int MaxShown = 60;

    public IReadOnlyList<Upload> Pictures { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        if (User.FindFirstValue(ClaimTypes.NameIdentifier) is not { } visitor)
        {
            await HttpContext.SignInAsVisitorAsync();
            return;
        }

        Pictures = await uploads.ListAsync(UploadFilter.ForOwner(visitor), cancellationToken).Where(IsShown).Take(MaxShown)
            .ToListAsync(cancellationToken);
    }

    private static bool IsShown(Upload upload) => upload.Status is
        UploadStatus.Uploaded or UploadStatus.Processing or UploadStatus.Ready or UploadStatus.Rejected or UploadStatus.Failed;
}
