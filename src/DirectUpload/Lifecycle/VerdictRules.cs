using DirectUpload.Stores;
using static DirectUpload.Lifecycle.UploadEvent;

namespace DirectUpload.Lifecycle;

/// <summary>Decides how a record changes while it waits for the verdict of a processor.</summary>
/// <remarks>A waiting upload has no lease; it is due when its deadline comes or its verdict is given.</remarks>
internal static class VerdictRules
{
    private static readonly UploadError MissingError = new(
        UploadErrorCodes.VerdictMissing, "The file was not reviewed in time, so it was not accepted. Upload it again.");

    /// <summary>Ends an attempt: the upload waits, and keeps the final object and what the processors stored.</summary>
    public static UploadRecord Await(UploadRecord record, VerdictAwaited awaited) => record with
    {
        ETag = awaited.ETag,
        VersionId = awaited.VersionId,
        StoredChecksum = awaited.Checksum,
        Verdicts = awaited.Verdicts,
        Properties = awaited.Properties,
        Variants = awaited.Variants,
        NextActionAt = awaited.Verdicts.First(static verdict => verdict.IsAwaited).Deadline,
        FailedAttempts = 0,
        LastError = null,
        Progress = null,
    };

    /// <summary>Stores a verdict. A waiting upload is due now; an attempt that runs finds the verdict itself.</summary>
    public static UploadRecord Decide(UploadRecord record, VerdictGiven given, DateTimeOffset now)
    {
        var decided = (Find(record, given.Processor) ?? new UploadVerdict(given.Processor)) with
        {
            DecidedAt = now,
            Rejection = given.Rejection,
        };
        return record with
        {
            Verdicts = Replace(record, decided),
            NextActionAt = record.AwaitedVerdict?.Processor == given.Processor ? now : record.NextActionAt,
        };
    }

    /// <summary>Moves the deadline to now, when no verdict can be expected.</summary>
    public static UploadRecord Expire(UploadRecord record, string processor, DateTimeOffset now) =>
        Find(record, processor) is { IsAwaited: true } awaited
            ? record with { Verdicts = Replace(record, awaited with { Deadline = now }), NextActionAt = now }
            : record;

    /// <summary>Creates the verdict of a deadline that has passed.</summary>
    public static VerdictGiven CreateMissing(UploadVerdict awaited, UploadProfile profile) =>
        new(awaited.Processor, profile.AcceptWithoutVerdict ? null : MissingError);

    /// <summary>Finds the verdict of a processor; null when the upload has none and does not wait for one.</summary>
    public static UploadVerdict? Find(UploadRecord record, string processor) =>
        record.Verdicts.FirstOrDefault(verdict => verdict.Processor == processor);

    private static UploadVerdict[] Replace(UploadRecord record, UploadVerdict changed) =>
        [.. record.Verdicts.Where(verdict => verdict.Processor != changed.Processor), changed];
}
