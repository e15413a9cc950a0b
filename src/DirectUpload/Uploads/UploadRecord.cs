using System.Collections.ObjectModel;

namespace DirectUpload.Uploads;

/// <summary>
/// The durable row about one upload. Immutable in memory: a step makes a changed copy, and the store takes it only if
/// nobody was faster (<see cref="Version"/>). It holds what URLs are built from, never a URL, and hashes, never a token.
/// </summary>
public sealed record UploadRecord
{
    /// <summary>The upload's name.</summary>
    public required UploadId Id { get; init; }

    /// <summary>The profile whose rules it was requested under.</summary>
    public required string Profile { get; init; }

    /// <summary>The file's name for people, made safe: at most 255 characters, no path, no control characters.</summary>
    public required string FileName { get; init; }

    /// <summary>The claimed media type, lower-case, with neither parameters nor white space.</summary>
    public required string ContentType { get; init; }

    /// <summary>The size in bytes that the client promised; of one whose size is open, the most that it may have.</summary>
    public required long ClaimedSize { get; init; }

    /// <summary>Whether the client could not say the size, and anything up to <see cref="ClaimedSize"/> is taken.</summary>
    public bool SizeIsOpen { get; init; }

    /// <summary>The size in bytes that storage reported; null until the object was verified.</summary>
    public long? Size { get; init; }

    /// <summary>The SHA-256 that the client promised, as base64 of 32 bytes; null when it promised none.</summary>
    public string? ChecksumSha256 { get; init; }

    /// <summary>The bucket that holds both keys.</summary>
    public required string Bucket { get; init; }

    /// <summary>The key that was presigned, which holds the id; a client can write to it until the grant runs out.</summary>
    public required string StagingKey { get; init; }

    /// <summary>
    /// The key that content is served from, which holds the id. It was never presigned for writing, unless the profile finalises in place: then it equals
    /// <see cref="StagingKey"/>. Each further attempt at processing takes a key of its own.
    /// </summary>
    public required string FinalKey { get; init; }

    /// <summary>The ETag that was verified (then, once ready, that of the object served); null before.</summary>
    public string? ETag { get; init; }

    /// <summary>The version id that belongs to <see cref="ETag"/> in a versioned bucket.</summary>
    public string? VersionId { get; init; }

    /// <summary>Where the upload stands.</summary>
    public UploadStatus Status { get; init; }

    /// <summary>Whom the upload belongs to; null when requested anonymously.</summary>
    public string? Owner { get; init; }

    /// <summary>What it is attached to in the application, if anything.</summary>
    public UploadAssociation? Association { get; init; }

    /// <summary>The hash of the token that confirms and aborts.</summary>
    public required UploadTokenHash WriteTokenHash { get; init; }

    /// <summary>The hash of the token that reads status and content.</summary>
    public required UploadTokenHash ReadTokenHash { get; init; }

    /// <summary>Until when the read token opens, in UTC; null for as long as the upload is there.</summary>
    public DateTimeOffset? ReadTokenExpiresAt { get; init; }

    /// <summary>
    /// Gets the time from which the write token opens nothing, in UTC. Null: by the profile's <see cref="Profiles.UploadProfile.WriteTokenLifetime"/>, which begins when the upload reaches a terminal status.
    /// </summary>
    public DateTimeOffset? WriteTokenExpiresAt { get; init; }

    /// <summary>The client's own metadata, kept for the application; never sent to storage.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>What the application's processors have found out, such as a picture's width.</summary>
    public IReadOnlyDictionary<string, string> Findings { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The objects that the application's processors have put beside the content, such as a thumbnail; deleted with it.</summary>
    public IReadOnlyList<UploadDerivative> Derivatives { get; init; } = [];

    /// <summary>
    /// Gets the names of the processors that the profile required when the upload was granted. Only a host that has them all finishes the upload.
    /// </summary>
    public IReadOnlyList<string> RequiredProcessors { get; init; } = [];

    /// <summary>Who, from where, and when.</summary>
    public UploadAudit Audit { get; init; } = new();

    /// <summary>How far each of the application's observers has been told of the steps in <see cref="Audit"/>.</summary>
    public IReadOnlyList<UploadTold> Told { get; init; } = [];

    /// <summary>
    /// Gets when the event handlers must be notified of this record, in UTC. A transition that they must learn of sets it, and storing the record queues it. Null in every record that a store
    /// returns: from then on the value belongs to the dispatcher.
    /// </summary>
    public DateTimeOffset? NotifyAt { get; init; }

    /// <summary>How it is cut into parts; null when it travels in one piece.</summary>
    public UploadParts? Parts { get; init; }

    /// <summary>When it was requested, in UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its status last changed, in UTC.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When the newest presigned URL for the staging key stops working, in UTC.</summary>
    public required DateTimeOffset GrantExpiresAt { get; init; }

    /// <summary>When the background must next look at this record, in UTC; null when never.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>From when on a record that has ended, and owns no object any more, may vanish, in UTC; null when it stays.</summary>
    public DateTimeOffset? RetireAt { get; init; }

    /// <summary>How often processing was begun.</summary>
    public int Attempts { get; init; }

    /// <summary>
    /// How many attempts are held against the upload, the one under way included: those that an outage of storage or of the store cut short are not. When it
    /// reaches the limit, processing gives up.
    /// </summary>
    public int Failures { get; init; }

    /// <summary>What the last attempt stumbled over, for whoever runs the application: at most 1,000 characters. Never shown to clients.</summary>
    public string? Fault { get; init; }

    /// <summary>Why it was rejected, failed or aborted, in words that its client may read.</summary>
    public UploadFailure? Error { get; init; }

    /// <summary>Counts the stored changes, from 1; what compare-and-set compares.</summary>
    public long Version { get; init; }

    /// <summary>Whether the object at a key is, or was, this upload's: staged, final, or made from it.</summary>
    public bool Owns(string bucket, string key) =>
        bucket == Bucket && (key == StagingKey || key == FinalKey || Derivatives.Any(derivative => derivative.Key == key));

    /// <summary>
    /// Checks whether the staging key is a secret of the client that requested the upload: it was requested with <see cref="UploadRequest.SecretStagingKey"/>, and is not the key that content is served from.
    /// </summary>
    /// <returns>True when a caller that knows the staging key has requested the upload, or has been given the key by the client that has.</returns>
    public bool HasSecretStagingKey() => StagingSecret.IsIn(this);

    /// <summary>Whether what is at a key of its bucket is served: the content of a ready upload, or what was made from it.</summary>
    public bool Serves(string key) => Status == UploadStatus.Ready && (key == FinalKey || Derivatives.Any(derivative => derivative.Key == key));

    /// <summary>
    /// Gets the bytes that it counts for against its owner's pending quotas: the claimed size while it is pending, and, until <see cref="QuotaEndsAt"/>, while its client can still write to the staging key of a
    /// rejected, aborted, expired or deleted upload; null when it does not count.
    /// </summary>
    public long? PendingBytes() => !Status.IsSettled() || IsStillWritable() ? ClaimedSize : null;

    /// <summary>
    /// Gets the time from which <see cref="PendingBytes"/> and <see cref="HeldBytes"/> no longer count, in UTC: when the last presigned URL of a rejected, aborted, expired or deleted upload stops working. Null while
    /// only a change of status ends that.
    /// </summary>
    public DateTimeOffset? QuotaEndsAt() => IsStillWritable() ? GrantExpiresAt : null;

    /// <summary>
    /// The bytes that it counts for against its owner: the claimed size until it is settled, then, of a ready or failed one, the size of its objects. Of one that has ended, the claimed size until
    /// <see cref="QuotaEndsAt"/>, because its client can still write so much; null when it has none any more.
    /// </summary>
    public long? HeldBytes() => Status switch
    {
        UploadStatus.Requested or UploadStatus.Uploaded or UploadStatus.Processing => ClaimedSize,
        UploadStatus.Ready or UploadStatus.Failed => (long)Derivatives.Aggregate((Int128)(Size ?? ClaimedSize), (sum, derivative) => Int128.Min(sum + derivative.Size, long.MaxValue)),
        _ => IsStillWritable() ? ClaimedSize : null,
    };

    // The id of a multipart upload is gone once it was aborted or completed; a presigned PUT or form works until it expires. What may retire has been swept after that.
    private bool IsStillWritable() =>
        Status is UploadStatus.Rejected or UploadStatus.Aborted or UploadStatus.Expired or UploadStatus.Deleted && Parts is null && RetireAt is null;

    /// <summary>A copy that has taken the step to <paramref name="status"/>, with its time in the audit.</summary>
    /// <exception cref="InvalidOperationException"><see cref="UploadTransitions"/> does not allow the step.</exception>
    public UploadRecord MovedTo(UploadStatus status, DateTimeOffset now)
    {
        if (!UploadTransitions.Allows(Status, status))
            throw new InvalidOperationException($"Upload {Id} is {Status}, and that can't become {status}.");
        var audit = Audit.With(status, now);
        return this with
        {
            Status = status,
            UpdatedAt = now,
            Audit = audit,
            // The time of the transition itself, which no other transition of this upload has.
            NotifyAt = UploadTransitions.Notifies(Status, status) ? audit.Transitions[^1].At : NotifyAt,
        };
    }
}
