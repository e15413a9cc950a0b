using System.Collections.ObjectModel;
using DirectUpload.Primitives;

namespace DirectUpload.Stores;

/// <summary>Represents the stored state of one upload.</summary>
/// <remarks>
/// The record is immutable: the library creates a changed copy, and the store replaces the record only if its <see cref="Version"/> has not
/// changed. A record contains the values that URLs are built from but no URL, and the hashes of tokens but no token.
/// </remarks>
public sealed record UploadRecord
{
    private DateTimeOffset _grantExpiresAt;
    private DateTimeOffset? _nextActionAt;

    /// <summary>Gets the id of the upload.</summary>
    public required UploadId Id { get; init; }

    /// <summary>Gets the name of the profile under which the upload was requested.</summary>
    public required string Profile { get; init; }

    /// <summary>Gets the display name of the file.</summary>
    /// <value>At most 255 characters, without a path and control characters.</value>
    public required string FileName { get; init; }

    /// <summary>Gets the media type that content is served with, by its canonical name, without parameters.</summary>
    /// <value>The declared type until the bytes are inspected; then the type that they were found to have.</value>
    public required string ContentType { get; init; }

    /// <summary>Gets the media type that the client declared, without parameters; its upload is signed with this text.</summary>
    /// <value>A media type in lower case, which may be an alias such as <c>image/jpg</c>; null when it equals the content type.</value>
    public string? DeclaredContentType { get; init; }

    /// <summary>Gets the media types to which an authorizer limited the upload, such as <c>image/png</c> and <c>image/*</c>.</summary>
    /// <value>Patterns that apply in addition to those of the profile; empty for no limit.</value>
    public IReadOnlyList<string> AllowedContentTypes { get; init; } = [];

    /// <summary>Gets the size, in bytes, that the client declared; for an upload of open size, the maximum size.</summary>
    public required long DeclaredSize { get; init; }

    /// <summary>Gets whether the client did not know the size, so that storage accepts any size up to <see cref="DeclaredSize"/>.</summary>
    public bool IsSizeUnknown { get; init; }

    /// <summary>Gets the size, in bytes, that storage reported; null until the object is verified.</summary>
    public long? Size { get; init; }

    /// <summary>Gets the SHA-256 that the client declared, as base64 of 32 bytes; null when it declared no checksum.</summary>
    public string? ChecksumSha256 { get; init; }

    /// <summary>Gets the CRC-64/NVME of the file that the client stated in its request or when it confirmed the upload.</summary>
    /// <value>Base64 of 8 bytes; null when the client stated none.</value>
    public string? ChecksumCrc64Nvme { get; init; }

    /// <summary>
    /// Gets the checksum that storage reported for the object of <see cref="ETag"/>; null before verification, or when it reported none.
    /// </summary>
    public UploadChecksum? StoredChecksum { get; init; }

    /// <summary>Gets the bucket of the staging object and the final object.</summary>
    public required string Bucket { get; init; }

    /// <summary>Gets the key that was presigned, to which a client can write until <see cref="GrantExpiresAt"/>.</summary>
    /// <value>The key contains the id of the upload.</value>
    public required string StagingKey { get; init; }

    /// <summary>Gets the key that content is served from.</summary>
    /// <value>The key contains the id of the upload.</value>
    /// <remarks>
    /// The key is never presigned for writing, unless the profile finalizes in place; then it equals <see cref="StagingKey"/>. Each further
    /// attempt at processing uses a new key.
    /// </remarks>
    public required string FinalKey { get; init; }

    /// <summary>
    /// Gets the ETag of the verified object and, when the upload is ready, of the served object; null before verification.
    /// </summary>
    public string? ETag { get; init; }

    /// <summary>Gets the version id that belongs to <see cref="ETag"/>; null in a bucket without versioning.</summary>
    public string? VersionId { get; init; }

    /// <summary>Gets the status of the upload.</summary>
    public UploadStatus Status { get; init; }

    /// <summary>Gets whether the status is terminal: ready, rejected, failed, aborted, expired or deleted.</summary>
    /// <remarks>The library does not change the status of a terminal upload by itself.</remarks>
    public bool IsTerminal => Status.IsTerminal();

    /// <summary>Gets the owner of the upload; null when it was requested anonymously.</summary>
    public string? Owner { get; init; }

    /// <summary>Gets the application's entity that the upload belongs to; null for none.</summary>
    public UploadAssociation? Association { get; init; }

    /// <summary>Gets the time at which the application attached the upload to <see cref="Association"/>, in UTC.</summary>
    /// <value>Null when the application has not attached it; the association, if any, is then that of the request.</value>
    public DateTimeOffset? AttachedAt { get; init; }

    /// <summary>Gets the time by which the application must attach the upload, in UTC; otherwise the worker deletes it then.</summary>
    /// <value>Null when the upload has an association, is not ready yet, or is kept without one.</value>
    public DateTimeOffset? AttachBy { get; init; }

    /// <summary>Gets whether older uploads with the same association must still be deleted, because this one replaces them.</summary>
    public bool IsReplacing { get; init; }

    /// <summary>Gets the SHA-256 of the write token, which authorizes confirming and deleting the upload.</summary>
    public required UploadTokenHash WriteTokenHash { get; init; }

    /// <summary>Gets the SHA-256 of the read token, which authorizes reading the status and the content.</summary>
    public required UploadTokenHash ReadTokenHash { get; init; }

    /// <summary>Gets the time at which the read token expires, in UTC; null when it is valid as long as the upload exists.</summary>
    public DateTimeOffset? ReadTokenExpiresAt { get; init; }

    /// <summary>Gets the time at which the write token expires, in UTC.</summary>
    /// <value>
    /// Null when the profile's <see cref="DirectUpload.UploadProfile.WriteTokenLifetime"/> applies; it starts when the upload reaches a
    /// terminal status.
    /// </value>
    public DateTimeOffset? WriteTokenExpiresAt { get; init; }

    /// <summary>Gets the metadata that the client sent for the application; it is never sent to storage.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Gets the values that the application's processors found, such as the width of a picture.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>
    /// Gets the files that the application's processors made from the upload, such as a thumbnail; they are deleted with it.
    /// </summary>
    public IReadOnlyList<UploadVariant> Variants { get; init; } = [];

    /// <summary>Gets the names of the processors that the profile required when the upload was requested.</summary>
    /// <remarks>Only a host that has all of them finishes the upload.</remarks>
    public IReadOnlyList<string> RequiredProcessors { get; init; } = [];

    /// <summary>Gets the decisions of processors that were made so far, and the one that the upload waits for.</summary>
    /// <value>At most one for each processor; empty unless a processor returned <see cref="Processing.ProcessingResult.Pending"/>.</value>
    public IReadOnlyList<UploadDecision> Decisions { get; init; } = [];

    /// <summary>Gets what a processor reported last about its progress: at most 200 characters; null for nothing.</summary>
    public string? Progress { get; init; }

    /// <summary>
    /// Gets the user or service that requested the upload, as the application names it: at most 256 characters; null for none.
    /// </summary>
    public string? Actor { get; init; }

    /// <summary>Gets the network address that the request came from: at most 512 characters; null for none.</summary>
    public string? RemoteAddress { get; init; }

    /// <summary>Gets the <c>User-Agent</c> of the request: at most 512 characters; null for none.</summary>
    public string? UserAgent { get; init; }

    /// <summary>Gets the status changes, the oldest first; the library keeps the first 8 and the last 24.</summary>
    public IReadOnlyList<UploadTransition> Transitions { get; init; } = [];

    /// <summary>
    /// Gets the time, in UTC, of the last transition that each event handler was notified of, by the name of the handler.
    /// </summary>
    public IReadOnlyDictionary<string, DateTimeOffset> NotificationCheckpoints { get; init; } =
        ReadOnlyDictionary<string, DateTimeOffset>.Empty;

    /// <summary>Gets the time at which the event handlers must be notified of this record, in UTC.</summary>
    /// <value>Null in every record that a store returns, because only the dispatcher uses the stored value.</value>
    /// <remarks>A transition that event handlers must be notified of sets the time. Storing the record queues the notification.</remarks>
    public DateTimeOffset? NotifyAt { get; init; }

    /// <summary>Gets the size, in bytes, of each part but the last.</summary>
    /// <value>5 MiB to 5 GiB; 0 when the client chooses the part sizes; null when the upload is not a multipart upload.</value>
    public long? PartSize { get; init; }

    /// <summary>Gets the id of the multipart upload in storage; null until storage has created it.</summary>
    public string? MultipartId { get; init; }

    /// <summary>Gets whether each part is signed with the SHA-256 of its bytes, which storage verifies.</summary>
    public bool RequiresPartChecksums { get; init; }

    /// <summary>Completes a record that no one else has yet, in place: a copy would take half a kilobyte.</summary>
    internal UploadRecord Begin(DateTimeOffset grantExpiresAt, DateTimeOffset nextActionAt)
    {
        (_grantExpiresAt, _nextActionAt) = (grantExpiresAt, nextActionAt);
        return this;
    }

    /// <summary>The type that the client sends with the bytes.</summary>
    internal string SentContentType => DeclaredContentType ?? ContentType;

    /// <summary>Whether the client stated a checksum of the whole file.</summary>
    internal bool HasStatedChecksum => ChecksumSha256 is not null || ChecksumCrc64Nvme is not null;

    /// <summary>The decision that the upload waits for; null when it does not wait.</summary>
    internal UploadDecision? AwaitedDecision =>
        Status == UploadStatus.Processing ? Decisions.FirstOrDefault(static decision => decision.IsAwaited) : null;

    /// <summary>Whether the upload waits or waited for a decision about the final object, so that later attempts keep it.</summary>
    internal bool KeepsFinalObject => Decisions.Any(static decision => decision.Deadline is not null);

    internal UploadParts? Parts
    {
        get => PartSize is { } size ? new(size, MultipartId, RequiresPartChecksums) : null;
        init => (PartSize, MultipartId, RequiresPartChecksums) = (value?.PartSize, value?.MultipartId, value?.RequiresChecksums ?? false);
    }

    /// <summary>Gets the time at which the upload was requested, in UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets the time of the last status change, in UTC.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Gets the time at which the latest presigned request for the staging key expires, in UTC.</summary>
    public required DateTimeOffset GrantExpiresAt { get => _grantExpiresAt; init => _grantExpiresAt = value; }

    /// <summary>Gets the time at which the worker must act on this record, in UTC; null when it need not act.</summary>
    public DateTimeOffset? NextActionAt { get => _nextActionAt; init => _nextActionAt = value; }

    /// <summary>Gets the time after which the record may be removed, in UTC; null when it must stay.</summary>
    /// <remarks>The library sets it only on a terminal record that owns no object any more.</remarks>
    public DateTimeOffset? PurgeAt { get; init; }

    /// <summary>Gets the number of times that processing was started.</summary>
    public int Attempts { get; init; }

    /// <summary>Gets the number of attempts that count toward the limit at which processing gives up.</summary>
    /// <remarks>
    /// The current attempt is included. Attempts that ended because storage or the record store was unavailable are not.
    /// </remarks>
    public int FailedAttempts { get; init; }

    /// <summary>Gets the error of the last attempt, for the application's operators and never for clients.</summary>
    /// <value>At most 1,000 characters; null for none.</value>
    public string? LastError { get; init; }

    /// <summary>
    /// Gets the reason why the upload was rejected, failed or was aborted, in a form that the client may read; null for none.
    /// </summary>
    public UploadError? Error { get; init; }

    /// <summary>Gets the version of the record, which the store compares before it replaces the record.</summary>
    /// <value>1 for a new record; every stored change increments it.</value>
    public long Version { get; init; }

    /// <summary>Gets the name of the processor whose decision the upload waits for.</summary>
    /// <returns>The name; null when the upload does not wait for a decision.</returns>
    public string? AwaitedProcessor() => AwaitedDecision?.Processor;

    /// <summary>Checks whether an object belongs or belonged to this upload, as its staging object, final object or variant.</summary>
    /// <param name="bucket">The bucket of the object.</param>
    /// <param name="key">The key of the object, not encoded.</param>
    /// <returns>True when the key is one of this upload.</returns>
    public bool OwnsObject(string bucket, string key) =>
        bucket == Bucket && (key == StagingKey || key == FinalKey || Variants.Any(variant => variant.Key == key));

    /// <summary>Checks whether the staging key is a secret of the client that requested the upload.</summary>
    /// <returns>
    /// True when the upload was requested with <see cref="UploadRequest.UseSecretStagingKey"/> and content is not served from the staging
    /// key. A caller that knows the key then requested the upload or received the key from the client that did.
    /// </returns>
    public bool HasSecretStagingKey() => StagingKeySecret.IsUsedBy(this);

    /// <summary>Checks whether an object in the bucket of the upload is served: the final object or a variant of a ready upload.</summary>
    /// <param name="key">The key of the object, not encoded.</param>
    /// <returns>True when the object is served.</returns>
    public bool IsServedObject(string key) =>
        Status == UploadStatus.Ready && (key == FinalKey || Variants.Any(variant => variant.Key == key));

    /// <summary>Gets the bytes that the upload counts toward its owner's quota of pending uploads.</summary>
    /// <returns>
    /// The declared size while the status is not terminal. A rejected, aborted, expired or deleted upload counts it until
    /// <see cref="QuotaEndsAt"/>, because its client can still write to the staging key. Null when the upload does not count.
    /// </returns>
    public long? PendingBytes() => !Status.IsTerminal() || IsStillWritable() ? DeclaredSize : null;

    /// <summary>Gets the time from which <see cref="PendingBytes"/> and <see cref="StoredBytes"/> no longer count, in UTC.</summary>
    /// <returns>
    /// The time at which the last presigned request of a rejected, aborted, expired or deleted upload expires; null when only a status
    /// change changes the counted bytes.
    /// </returns>
    public DateTimeOffset? QuotaEndsAt() => IsStillWritable() ? GrantExpiresAt : null;

    /// <summary>Gets the bytes that the upload counts toward its owner's quota of stored bytes.</summary>
    /// <returns>
    /// The declared size while the status is not terminal; the size of the objects, variants included, of a ready or failed upload. A
    /// rejected, aborted, expired or deleted upload counts the declared size until <see cref="QuotaEndsAt"/>, because its client can still
    /// write that many bytes. Null when the upload does not count.
    /// </returns>
    public long? StoredBytes() => Status switch
    {
        UploadStatus.Requested or UploadStatus.Uploaded or UploadStatus.Processing => DeclaredSize,
        UploadStatus.Ready or UploadStatus.Failed => (long)Variants.Aggregate(
            (Int128)(Size ?? DeclaredSize), (sum, variant) => Int128.Min(sum + variant.Size, long.MaxValue)),
        _ => IsStillWritable() ? DeclaredSize : null,
    };

    // Aborting or completing a multipart upload invalidates its id, but a presigned PUT or form works until it expires. A record with
    // PurgeAt was cleaned up after that.
    private bool IsStillWritable() =>
        Status is UploadStatus.Rejected or UploadStatus.Aborted or UploadStatus.Expired or UploadStatus.Deleted
        && Parts is null && PurgeAt is null;
}
