using System.Globalization;
using DirectUpload;
using DirectUpload.Processing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ModerationSample.Pages;

/// <summary>Lists the pictures that wait for a decision, and lets moderators decide.</summary>
[Authorize(Roles = SampleSignIn.Moderator)]
internal sealed class ModerationModel(IDirectUploadService uploads, ILogger<ModerationModel> logger) : PageModel
{
    private const int MaxShown = 50;

    public int Waiting { get; private set; }

    public IReadOnlyList<Upload> Uploads { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var waiting = await uploads
            .ListAsync(UploadFilter.ForAll() with { AwaitedProcessor = ModerationProcessor.Name }, cancellationToken)
            .ToListAsync(cancellationToken);
        (Waiting, Uploads) = (waiting.Count, [.. waiting.OrderBy(GetDeadline).Take(MaxShown)]);
    }

    /// <summary>Shows a picture before the decision. Its address works for some minutes, for this moderator.</summary>
    public async Task<IActionResult> OnGetPictureAsync(UploadId id, CancellationToken cancellationToken)
    {
        Response.Headers.CacheControl = "no-store";
        var url = await uploads.CreateDownloadUrlAsync(id, UploadAccess.Reviewer, variant: "picture", cancellationToken);
        return url.Succeeded ? Redirect(url.Value.Url) : NotFound();
    }

    public Task<IActionResult> OnPostAcceptAsync(UploadId id, CancellationToken cancellationToken) =>
        DecideAsync(id, ProcessingResult.Accept, cancellationToken);

    public async Task<IActionResult> OnPostRejectAsync(UploadId id, string? reason, string? note, CancellationToken cancellationToken)
    {
        if (RejectionReason.TryCreate(reason, note) is { } rejection)
            return await DecideAsync(id, rejection, cancellationToken);
        TempData["Problem"] = $"Choose a reason, or write another one in at most {RejectionReason.MaxNoteLength} characters.";
        return RedirectToPage();
    }

    public static DateTimeOffset GetDeadline(Upload upload) =>
        upload.Decisions.First(decision => decision.Processor == ModerationProcessor.Name).Deadline!.Value;

    public static string ShowTime(DateTimeOffset time) => time.UtcDateTime.ToString("MMM d, HH:mm 'UTC'", CultureInfo.InvariantCulture);

    public static string ShowSize(Upload upload) =>
        string.Create(CultureInfo.InvariantCulture, $"{upload.Size / 1024.0:N0} KiB")
        + (upload.Properties.TryGetValue("width", out var width) ? $" · {width} × {upload.Properties["height"]}" : string.Empty);

    // The first decision counts. A second click, or the same decision of another moderator, succeeds as well.
    private async Task<IActionResult> DecideAsync(UploadId id, ProcessingResult result, CancellationToken cancellationToken)
    {
        var decided = await uploads.CompleteProcessingAsync(id, ModerationProcessor.Name, result, User.Identity!.Name, cancellationToken);
        if (decided.Succeeded)
        {
            var decision = result.Rejection?.Code ?? "accept";
            logger.LogInformation("Upload {UploadId} was decided by {Moderator}: {Decision}", id, User.Identity!.Name, decision);
            TempData["Notice"] = $"{decided.Value.FileName} is {(result.Rejection is null ? "accepted" : "rejected")}.";
        }
        else
        {
            TempData["Problem"] = $"Your decision does not count: {decided.Error.Message}";
        }

        return RedirectToPage();
    }
}
