using System.Collections.Frozen;
using static DirectUpload.Lifecycle.UploadEvent;
using static DirectUpload.UploadStatus;

namespace DirectUpload.Lifecycle;

/// <summary>Lists the statuses in which each event is allowed, and the status that it leads to; all else is not allowed.</summary>
internal static class UploadTransitions
{
    private static readonly UploadStatus[] Any = Enum.GetValues<UploadStatus>();

    /// <summary>Gets the rows of the table. A row without a target keeps the status and records no transition.</summary>
    public static IReadOnlyList<UploadTransitionRule> All { get; } =
    [
        .. On<MultipartBegun>(null, Requested),
        .. On<GrantExtended>(null, Requested),
        .. On<CopyStarted>(null, Requested),
        .. On<ObjectNotFound>(null, Requested),
        .. On<ObjectArrived>(Uploaded, Requested),
        .. On<ChecksumStated>(null, Uploaded, UploadStatus.Processing),
        .. On<Expired>(UploadStatus.Expired, Requested),
        .. On<Rejected>(UploadStatus.Rejected, Requested, UploadStatus.Processing),
        .. On<Aborted>(UploadStatus.Aborted, Requested, Uploaded, UploadStatus.Processing),
        // From Processing: the lease of another attempt has ended, and this one takes over.
        .. On<ProcessingStarted>(UploadStatus.Processing, Uploaded, UploadStatus.Processing),
        .. On<TypeDetected>(null, UploadStatus.Processing),
        .. On<ProcessingContinued>(UploadStatus.Processing, Uploaded),
        .. On<LeaseRenewed>(null, Requested, UploadStatus.Processing),
        .. On<CopyInterrupted>(null, Requested),
        .. On<DecisionAwaited>(null, UploadStatus.Processing),
        .. On<DecisionGiven>(null, UploadStatus.Processing),
        .. On<DecisionMissed>(null, UploadStatus.Processing),
        .. On<ProgressReported>(null, UploadStatus.Processing),
        .. On<ProcessingInterrupted>(Uploaded, UploadStatus.Processing),
        .. On<ProcessorFailed>(Uploaded, UploadStatus.Processing),
        // From Uploaded: the limit of attempts was lowered since the last one.
        .. On<ProcessingGivenUp>(Failed, Uploaded, UploadStatus.Processing),
        .. On<Completed>(Ready, UploadStatus.Processing),
        .. On<Retried>(Uploaded, Failed),
        .. On<Deleted>(UploadStatus.Deleted, Ready, Failed),
        .. On<LeasedEarly>(null, Ready, Failed),
        .. On<ObjectsDeleted>(null, Ready, UploadStatus.Rejected, UploadStatus.Aborted, UploadStatus.Expired, UploadStatus.Deleted),
        .. On<Attached>(null, Uploaded, UploadStatus.Processing, Ready),
        .. On<ReplacementEnded>(null, Ready, UploadStatus.Deleted),
        .. On<Detached>(null, Any),
        .. On<Erased>(UploadStatus.Deleted, Ready, Failed),
        .. On<Erased>(UploadStatus.Aborted, Requested, Uploaded, UploadStatus.Processing),
        .. On<Erased>(null, UploadStatus.Rejected, UploadStatus.Aborted, UploadStatus.Expired, UploadStatus.Deleted),
        .. On<Postponed>(null, Any),
        .. On<ReadTokenReplaced>(null, Any),
        .. On<WriteTokenReplaced>(null, Any),
    ];

    private static readonly FrozenDictionary<(UploadStatus, Type), UploadTransitionRule> Table = All.ToFrozenDictionary(
        rule => (rule.From, rule.Event));

    /// <summary>Finds the rule for an event in a status; returns null when the event is not allowed there.</summary>
    public static UploadTransitionRule? Find(UploadStatus from, Type happened) => Table.GetValueOrDefault((from, happened));

    /// <summary>Checks whether some event leads from one status to another.</summary>
    public static bool Allows(UploadStatus from, UploadStatus to) => All.Any(rule => rule.From == from && rule.To == to);

    /// <summary>Checks whether event handlers are notified of a transition: the first to Uploaded, and each to a terminal status.</summary>
    public static bool ShouldNotify(UploadStatus? from, UploadStatus to) => to switch
    {
        Uploaded => from == Requested,
        Requested or UploadStatus.Processing => false,
        _ => true,
    };

    private static IEnumerable<UploadTransitionRule> On<TEvent>(UploadStatus? to, params IEnumerable<UploadStatus> from)
        where TEvent : UploadEvent => from.Select(status => new UploadTransitionRule(status, typeof(TEvent), to));
}

/// <summary>Describes one row of the table.</summary>
/// <param name="From">The status before.</param>
/// <param name="Event">The type of the event.</param>
/// <param name="To">The status after; null when the event keeps it.</param>
internal sealed record UploadTransitionRule(UploadStatus From, Type Event, UploadStatus? To);
