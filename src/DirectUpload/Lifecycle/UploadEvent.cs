using DirectUpload.Diagnostics;
using DirectUpload.Stores;

namespace DirectUpload.Lifecycle;

/// <summary>Describes something that happened to an upload.</summary>
/// <remarks>
/// The set is closed: <see cref="UploadTransitions"/> has a row for each event, and <see cref="UploadLifecycle"/> applies it.
/// </remarks>
internal abstract record UploadEvent
{
    private UploadEvent()
    {
    }

    /// <summary>Storage began the multipart upload of a new record.</summary>
    public sealed record MultipartBegun(string MultipartId) : UploadEvent;

    /// <summary>The client received new presigned URLs.</summary>
    public sealed record GrantExtended(DateTimeOffset ExpiresAt) : UploadEvent;

    /// <summary>Storage has the object, and it matches the record.</summary>
    public sealed record ObjectArrived(long Size, string ETag, string? VersionId, ConfirmSource Source) : UploadEvent
    {
        /// <summary>Gets the checksum that storage reported; null for none.</summary>
        public UploadChecksum? Checksum { get; init; }
    }

    /// <summary>The client stated the CRC-64/NVME of the file after its object had arrived.</summary>
    public sealed record ChecksumStated(string Crc64Nvme) : UploadEvent;

    /// <summary>The object differs from the declared values, or a processor rejected its content.</summary>
    public sealed record Rejected(UploadError Reason) : UploadEvent;

    /// <summary>The client or the application aborted a pending upload.</summary>
    public sealed record Aborted(UploadError? Reason) : UploadEvent;

    /// <summary>The grant ended without a confirmed object.</summary>
    /// <param name="MayHaveObject">
    /// True when storage was not checked, so an object may have to be deleted now. False when storage had no object; an object of a late
    /// PUT is deleted after the grace period.
    /// </param>
    public sealed record Expired(bool MayHaveObject) : UploadEvent;

    /// <summary>A finished upload was deleted, or its retention ended.</summary>
    public sealed record Deleted(UploadError? Reason) : UploadEvent;

    /// <summary>A worker or a confirm took the lease for a new attempt.</summary>
    public sealed record ProcessingStarted(string FinalKey) : UploadEvent;

    /// <summary>A confirm took the lease of a requested upload, to copy the object before it is verified.</summary>
    public sealed record CopyStarted(string FinalKey) : UploadEvent;

    /// <summary>A confirm copied nothing: storage had no object.</summary>
    public sealed record ObjectNotFound : UploadEvent;

    /// <summary>A confirm could not verify a copy for an external reason, so a worker verifies the object.</summary>
    /// <param name="Delay">The time until then.</param>
    /// <param name="Cause">The cause, as the metrics name it; null when the host stops.</param>
    /// <param name="Error">The error of the attempt; null keeps the last error.</param>
    public sealed record CopyInterrupted(TimeSpan Delay, string? Cause, string? Error) : UploadEvent;

    /// <summary>The attempt that copied the object has verified the copy, and continues.</summary>
    public sealed record ProcessingContinued : UploadEvent;

    /// <summary>The bytes decided on another content type than the client declared.</summary>
    public sealed record TypeDetected(string ContentType, string FinalKey) : UploadEvent;

    /// <summary>The worker that has the lease renewed it.</summary>
    public sealed record LeaseRenewed : UploadEvent;

    /// <summary>The attempt ended for an external reason: a dependency was unavailable, storage refused, or the host stops.</summary>
    /// <param name="Delay">The time to the next attempt.</param>
    /// <param name="Cause">The cause, as the metrics name it; null when the host stops.</param>
    /// <param name="Error">The error of the attempt; null keeps the last error.</param>
    public sealed record ProcessingInterrupted(TimeSpan Delay, string? Cause, string? Error) : UploadEvent;

    /// <summary>A processor threw, and the upload has attempts left.</summary>
    public sealed record ProcessorFailed(TimeSpan Delay, string Error) : UploadEvent;

    /// <summary>The upload has no attempts left.</summary>
    /// <param name="Error">The error of the last attempt; null when no attempt reported one.</param>
    public sealed record ProcessingGivenUp(string? Error) : UploadEvent;

    /// <summary>All processors accepted the upload, and the final object is in place.</summary>
    /// <param name="ETag">The ETag of the final object.</param>
    /// <param name="VersionId">The version of the final object; null in a bucket without versioning.</param>
    /// <param name="Properties">The properties that the processors stored.</param>
    /// <param name="Variants">The variants that the processors created.</param>
    /// <param name="UnattachedRetention">How long the upload is kept without an association; null for as long as it exists.</param>
    public sealed record Completed(
        string ETag, string? VersionId, IReadOnlyDictionary<string, string> Properties,
        IReadOnlyList<UploadVariant> Variants, TimeSpan? UnattachedRetention = null) : UploadEvent
    {
        /// <summary>Gets the checksum that storage reported for the final object; null for none.</summary>
        public UploadChecksum? Checksum { get; init; }
    }

    /// <summary>A processor left its decision to a later call, and the attempt ended.</summary>
    /// <param name="ETag">The ETag of the final object, which later attempts keep.</param>
    /// <param name="VersionId">The version of the final object; null in a bucket without versioning.</param>
    /// <param name="Decisions">The decisions so far, and the awaited one.</param>
    /// <param name="Properties">The properties that the processors stored.</param>
    /// <param name="Variants">The variants that the processors created.</param>
    public sealed record DecisionAwaited(
        string ETag, string? VersionId, IReadOnlyList<UploadDecision> Decisions, IReadOnlyDictionary<string, string> Properties,
        IReadOnlyList<UploadVariant> Variants) : UploadEvent
    {
        /// <summary>Gets the checksum that storage reported for the final object; null for none.</summary>
        public UploadChecksum? Checksum { get; init; }
    }

    /// <summary>Something happened to the decision of a processor.</summary>
    public abstract record Decision(string Processor) : UploadEvent
    {
        /// <summary>Checks whether a decision that was given before is the same decision.</summary>
        public abstract bool Agrees(UploadDecision given);
    }

    /// <summary>A processor's decision was made: by a call, or because its deadline has passed.</summary>
    public sealed record DecisionGiven(string Processor, UploadError? Rejection, string? DecidedBy = null) : Decision(Processor)
    {
        public override bool Agrees(UploadDecision given) => given.Rejection is null == Rejection is null;
    }

    /// <summary>No decision can be expected, so the deadline has come.</summary>
    public sealed record DecisionMissed(string Processor) : Decision(Processor)
    {
        public override bool Agrees(UploadDecision given) => false;
    }

    /// <summary>A processor reported its progress.</summary>
    public sealed record ProgressReported(string Progress) : UploadEvent;

    /// <summary>The application attached the upload to one of its entities.</summary>
    /// <param name="Association">The entity.</param>
    /// <param name="Replaces">Whether older uploads with the same association are deleted.</param>
    public sealed record Attached(UploadAssociation Association, bool Replaces) : UploadEvent;

    /// <summary>The older uploads with the same association were deleted.</summary>
    public sealed record ReplacementEnded : UploadEvent;

    /// <summary>The application detached the upload from its entity.</summary>
    /// <param name="UnattachedRetention">How long the upload is kept without an association; null for as long as it exists.</param>
    public sealed record Detached(TimeSpan? UnattachedRetention) : UploadEvent;

    /// <summary>The application erased the personal data of the owner; the objects of the upload are deleted.</summary>
    public sealed record Erased : UploadEvent;

    /// <summary>The application requested that a failed upload be processed again.</summary>
    public sealed record Retried : UploadEvent;

    /// <summary>The next action could not be taken now.</summary>
    public sealed record Postponed(DateTimeOffset Until) : UploadEvent;

    /// <summary>A worker leased the record before its next action was due.</summary>
    public sealed record LeasedEarly : UploadEvent;

    /// <summary>The objects that a terminal upload must not keep were deleted.</summary>
    /// <param name="HasPendingNotifications">Whether an event handler of this host still has to be notified of the record.</param>
    /// <param name="QueueNotifications">
    /// Whether these notifications are queued now, because another host may have stored the transition without queuing them.
    /// </param>
    public sealed record ObjectsDeleted(bool HasPendingNotifications, bool QueueNotifications) : UploadEvent
    {
        /// <summary>Gets the time at which the deletion began; null for the time of the event.</summary>
        /// <remarks>A client may have written an object after that, however long the deletion took.</remarks>
        public DateTimeOffset? BegunAt { get; init; }
    }

    /// <summary>The read token was rotated or revoked.</summary>
    public sealed record ReadTokenReplaced(UploadTokenHash Hash, DateTimeOffset? ExpiresAt) : UploadEvent;

    /// <summary>The write token was rotated or revoked.</summary>
    public sealed record WriteTokenReplaced(UploadTokenHash Hash, DateTimeOffset? ExpiresAt) : UploadEvent;
}
