using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BlazorSample.Client;
using DirectUpload;

namespace BlazorSample;

/// <summary>Attaches the uploads of a submission. The browser can submit any id, so the owner is checked.</summary>
internal sealed class SubmissionService(IDirectUploadService uploads)
{
    public async Task<string?> SaveAsync(Submission submission, ClaimsPrincipal user)
    {
        var mistakes = new List<ValidationResult>();
        if (!Validator.TryValidateObject(submission, new ValidationContext(submission), mistakes, validateAllProperties: true))
            return mistakes[0].ErrorMessage;

        var owner = UploadAccess.Owner(user.FindFirstValue(ClaimTypes.NameIdentifier)!);
        var id = $"{Guid.CreateVersion7():N}";
        (string Profile, string? Text)[] files =
            [("file", submission.FileId), .. submission.PhotoIds.Select(photo => ("photo", (string?)photo))];
        foreach (var (profile, text) in files)
        {
            if (!UploadId.TryParse(text, out var upload))
                return "An id is not an upload id.";
            var attached = await uploads.AttachAsync(upload, owner, new UploadAssociation("submission", id, text), profile);
            if (!attached.Succeeded)
                return attached.Error.Message;
        }

        return null;
    }
}
