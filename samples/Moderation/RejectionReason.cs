using DirectUpload.Processing;

namespace ModerationSample;

/// <summary>A reason for which moderators reject pictures. The visitor reads its detail.</summary>
internal sealed record RejectionReason(string Code, string Title, string Detail)
{
    public const int MaxNoteLength = 300;

    private const string Other = "other";

    public static IReadOnlyList<RejectionReason> All { get; } =
    [
        new("nudity", "Nudity", "Pictures with nudity are not allowed here."),
        new("violence", "Violence", "Pictures of violence are not allowed here."),
        new("privacy", "Private data or persons", "This picture shows persons or data that are not yours to publish."),
        new("advertising", "Advertising", "Advertising is not allowed here."),
        new(Other, "Another reason (write it below)", string.Empty),
    ];

    /// <summary>Creates the decision; null if the reason is unknown, or the note is too long or missing.</summary>
    public static ProcessingResult? TryCreate(string? code, string? note)
    {
        note = note?.Trim() ?? string.Empty;
        var reason = All.FirstOrDefault(it => it.Code == code);
        return reason is null || note.Length > MaxNoteLength || note.Any(char.IsControl) || (code == Other && note.Length == 0)
            ? null
            : ProcessingResult.Reject(reason.Code, $"{reason.Detail} {note}".Trim());
    }
}
