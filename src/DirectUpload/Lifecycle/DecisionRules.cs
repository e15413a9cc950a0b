using DirectUpload.Stores;
using static DirectUpload.Lifecycle.UploadEvent;

namespace DirectUpload.Lifecycle;

/// <summary>Decides how a record changes while it waits for the decision of a processor.</summary>
/// <remarks>A waiting upload has no lease; it is due when its deadline comes or its decision is given.</remarks>
internal static class DecisionRules
{
    private static readonly UploadError MissingError = new(
        UploadErrorCodes.DecisionMissing, "The file was not reviewed in time, so it was not accepted. Upload it again.");

    /// <summary>Ends an attempt: the upload waits, and keeps the final object and what the processors stored.</summary>
    public static UploadRecord Await(UploadRecord record, DecisionAwaited awaited) => record with
    {
        ETag = awaited.ETag,
        VersionId = awaited.VersionId,
        StoredChecksum = awaited.Checksum,
        Decisions = awaited.Decisions,
        Properties = awaited.Properties,
        Variants = awaited.Variants,
        NextActionAt = awaited.Decisions.First(static decision => decision.IsAwaited).Deadline,
        FailedAttempts = 0,
        LastError = null,
        Progress = null,
    };

    /// <summary>Stores a decision. A waiting upload is due now; an attempt that runs finds the decision itself.</summary>
    public static UploadRecord Decide(UploadRecord record, DecisionGiven given, DateTimeOffset now)
    {
        var decided = (Find(record, given.Processor) ?? new UploadDecision(given.Processor)) with
        {
            DecidedAt = now,
            Rejection = given.Rejection,
            DecidedBy = given.DecidedBy,
        };
        return record with
        {
            Decisions = Replace(record, decided),
            NextActionAt = record.AwaitedDecision?.Processor == given.Processor ? now : record.NextActionAt,
        };
    }

    /// <summary>Moves the deadline to now, when no decision can be expected.</summary>
    public static UploadRecord Expire(UploadRecord record, string processor, DateTimeOffset now) =>
        Find(record, processor) is { IsAwaited: true } awaited
            ? record with { Decisions = Replace(record, awaited with { Deadline = now }), NextActionAt = now }
            : record;

    /// <summary>Creates the decision of a deadline that has passed.</summary>
    public static DecisionGiven CreateMissing(UploadDecision awaited, UploadProfile profile) =>
        new(awaited.Processor, profile.AcceptWithoutDecision ? null : MissingError);

    /// <summary>Finds the decision of a processor; null when the upload has none and does not wait for one.</summary>
    public static UploadDecision? Find(UploadRecord record, string processor) =>
        record.Decisions.FirstOrDefault(decision => decision.Processor == processor);

    private static UploadDecision[] Replace(UploadRecord record, UploadDecision changed) =>
        [.. record.Decisions.Where(decision => decision.Processor != changed.Processor), changed];
}
