using System.Collections.ObjectModel;
using DirectUpload.Lifecycle;
using DirectUpload.Primitives;
using DirectUpload.Stores;

namespace DirectUpload;

/// <summary>Represents an upload: the request, the uploaded object and the status.</summary>
/// <remarks>
/// Instances are snapshots and do not change. To read the current state, call <see cref="IDirectUploadService.GetAsync"/>.
/// </remarks>
/// <example>
/// Applications create uploads themselves only in tests:
/// <code>
/// var upload = new Upload
/// {
///     Id = UploadId.Create(DateTimeOffset.UtcNow),
///     Profile = "avatar",
///     FileName = "me.png",
///     ContentType = "image/png",
/// };
/// </code>
/// </example>
public sealed class Upload
{
    /// <summary>Gets the id of the upload.</summary>
    /// <value>A unique id, which sorts by the time of the request.</value>
    public required UploadId Id { get; init; }

    /// <summary>Gets the name of the profile.</summary>
    /// <value>A key of <see cref="DirectUploadOptions.Profiles"/> when the upload was requested.</value>
    public required string Profile { get; init; }

    /// <summary>Gets the file name that the client sent.</summary>
    /// <value>A file name without a path. The client chose it: encode it before you display it.</value>
    public required string FileName { get; init; }

    /// <summary>Gets the media type.</summary>
    /// <value>The canonical name of the declared type; when the upload is ready, the type that its bytes were found to have.</value>
    public required string ContentType { get; init; }

    /// <summary>Gets the media type that the client declared.</summary>
    /// <value>As the client sent it, which may be an alias such as <c>image/jpg</c>; null when it equals the content type.</value>
    public string? DeclaredContentType { get; init; }

    /// <summary>Gets the size that storage reported.</summary>
    /// <value>The size, in bytes; null before the object has arrived.</value>
    public long? Size { get; init; }

    /// <summary>Gets the size that the client declared.</summary>
    /// <value>The size, in bytes; null if the request had no size.</value>
    public long? DeclaredSize { get; init; }

    /// <summary>Gets the SHA-256 of the file.</summary>
    /// <value>Base64 of 32 bytes; null if the client declared none.</value>
    public string? ChecksumSha256 { get; init; }

    /// <summary>Gets the CRC-64/NVME of the file.</summary>
    /// <value>Base64 of 8 bytes; null if the client stated none, neither in its request nor when it confirmed the upload.</value>
    public string? ChecksumCrc64Nvme { get; init; }

    /// <summary>Gets the checksum that storage reported for the object.</summary>
    /// <value>The checksum; null before the object has arrived, or if storage reported none.</value>
    public UploadChecksum? StoredChecksum { get; init; }

    /// <summary>Gets the status of the upload.</summary>
    /// <value>The status at the time at which the upload was read.</value>
    public UploadStatus Status { get; init; }

    /// <summary>Gets a value that indicates whether the status is terminal.</summary>
    /// <value>
    /// True if the upload is ready, rejected, failed, aborted, expired or deleted: it then changes only when the application or a client
    /// deletes or retries it.
    /// </value>
    public bool IsTerminal => Status.IsTerminal();

    /// <summary>Gets the owner of the upload.</summary>
    /// <value>The <see cref="UploadCaller.Owner"/> of the request: a stable id of a user or tenant; null if anonymous.</value>
    public string? Owner { get; init; }

    /// <summary>Gets the association of the upload with an entity of the application.</summary>
    /// <value>The association; null for none.</value>
    public UploadAssociation? Association { get; init; }

    /// <summary>Gets the time at which the application attached the upload to the <see cref="Association"/>.</summary>
    /// <value>The time, in UTC; null if the application has not called <see cref="IDirectUploadService.AttachAsync"/>.</value>
    public DateTimeOffset? AttachedAt { get; init; }

    /// <summary>Gets the time by which the application must attach the upload; otherwise it is deleted.</summary>
    /// <value>
    /// The time, in UTC; null if the upload has an association, is not ready, or its profile has no
    /// <see cref="UploadProfile.UnattachedRetention"/>.
    /// </value>
    public DateTimeOffset? AttachBy { get; init; }

    /// <summary>Gets the metadata of the request.</summary>
    /// <value>Names and values that the client sent; empty for none.</value>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Gets the properties that processors stored.</summary>
    /// <value>Names and values; empty for none.</value>
    public IReadOnlyDictionary<string, string> Properties { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Gets the variants that processors created.</summary>
    /// <value>The variants; empty for none.</value>
    public IReadOnlyList<UploadVariant> Variants { get; init; } = [];

    /// <summary>Gets the decisions of processors that were made so far, and the one that the upload waits for.</summary>
    /// <value>Empty unless a processor returned <see cref="Processing.ProcessingResult.Pending"/>.</value>
    public IReadOnlyList<UploadDecision> Decisions { get; init; } = [];

    /// <summary>Gets what a processor reported last about its progress, such as "thumbnails 2 of 5".</summary>
    /// <value>At most 200 characters; null if nothing was reported since the last change of the status.</value>
    public string? Progress { get; init; }

    /// <summary>Gets the reason why the upload was rejected, failed, aborted or deleted.</summary>
    /// <value>The error, which clients may read; null for none.</value>
    public UploadError? Error { get; init; }

    /// <summary>Gets the number of processing attempts.</summary>
    /// <value>0 or more, including attempts that were interrupted.</value>
    public int Attempts { get; init; }

    /// <summary>Gets the error of the last processing attempt, for operators.</summary>
    /// <value>The message of an exception, which clients must not see; null for none.</value>
    public string? LastError { get; init; }

    /// <summary>Gets the time at which the upload was requested.</summary>
    /// <value>The time, in UTC.</value>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets the time of the last change.</summary>
    /// <value>The time, in UTC. In <see cref="IDirectUploadService.WatchAsync"/>, the time of the transition.</value>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Gets the transitions of the upload.</summary>
    /// <value>The transitions, oldest first; no two have the same time.</value>
    public IReadOnlyList<UploadTransition> History { get; init; } = [];

    /// <summary>Gets the name of the bucket.</summary>
    /// <value>The name at S3; null if the application created this instance.</value>
    public string? Bucket { get; init; }

    /// <summary>Gets the staging key, which the client writes.</summary>
    /// <value>The key of the staging object; null if the application created this instance.</value>
    public string? StagingKey { get; init; }

    /// <summary>Gets a value that indicates whether <see cref="StagingKey"/> is a secret that authenticates an anonymous client.</summary>
    /// <value>True for a request with <see cref="UploadRequest.UseSecretStagingKey"/>; otherwise false.</value>
    public bool HasSecretStagingKey { get; init; }

    /// <summary>Gets the final key, from which the content is served.</summary>
    /// <value>The key of the final object; empty if the application created this instance.</value>
    public string Key { get; init; } = string.Empty;

    /// <summary>Gets the id that storage gave the multipart upload.</summary>
    /// <value>The id; null if the file is not sent in parts.</value>
    public string? MultipartId { get; init; }

    /// <summary>Gets the ETag of the object.</summary>
    /// <value>The ETag, including the quotation marks; null before the object has arrived.</value>
    public string? ETag { get; init; }

    /// <summary>Gets the number of processing attempts that count as failed.</summary>
    /// <value>0 to <see cref="DirectUploadOptions.MaxAttempts"/>, including an attempt that is running.</value>
    /// <remarks>Attempts that were interrupted because storage or the record store was unavailable do not count.</remarks>
    public int FailedAttempts { get; init; }

    /// <summary>Gets the time of the transition that an event handler is notified of.</summary>
    /// <value>
    /// The time, in UTC; null outside event handlers. Each transition of an upload has a different time, so the value identifies a repeated
    /// notification.
    /// </value>
    public DateTimeOffset? TransitionAt { get; init; }

    /// <summary>Gets the stored record; null if the application created this instance.</summary>
    internal UploadRecord? Record { get; private init; }

    /// <summary>Returns the id and the status.</summary>
    /// <returns>A text without secrets, for logs.</returns>
    public override string ToString() => $"(upload {Id}: {Status})";

    internal static Upload From(UploadRecord record) => From(record, record);

    // Record is null if the values differ from the stored record, so that no call writes them back.
    private static Upload From(
        UploadRecord record, UploadRecord? stored, DateTimeOffset? transitionAt = null, UploadStatus? status = null) => new()
        {
            Id = record.Id,
            Profile = record.Profile,
            FileName = record.FileName,
            ContentType = record.ContentType,
            DeclaredContentType = record.DeclaredContentType,
            Size = record.Size,
            DeclaredSize = record.IsSizeUnknown ? null : record.DeclaredSize,
            ChecksumSha256 = record.ChecksumSha256,
            ChecksumCrc64Nvme = record.ChecksumCrc64Nvme,
            StoredChecksum = record.StoredChecksum,
            Status = status ?? UploadLifecycle.GetReportedStatus(record),
            Owner = record.Owner,
            Association = record.Association,
            AttachedAt = record.AttachedAt,
            AttachBy = record.AttachBy,
            Metadata = record.Metadata,
            Properties = record.Properties,
            Variants = record.Variants,
            Decisions = record.Decisions,
            Progress = record.Progress,
            Error = record.Error,
            Attempts = record.Attempts,
            FailedAttempts = record.FailedAttempts,
            TransitionAt = transitionAt,
            LastError = record.LastError,
            CreatedAt = record.CreatedAt,
            UpdatedAt = record.UpdatedAt,
            History = record.Transitions,
            Bucket = record.Bucket,
            StagingKey = record.StagingKey,
            HasSecretStagingKey = record.HasSecretStagingKey(),
            Key = record.FinalKey,
            MultipartId = record.Parts?.MultipartId,
            ETag = record.ETag,
            Record = stored,
        };

    /// <summary>Creates the newest state of an upload, for an event handler that is notified of a transition.</summary>
    internal static Upload FromNotification(UploadRecord record, DateTimeOffset transitionAt) => From(record, record, transitionAt);

    /// <summary>Creates the state of an upload after a transition, without the results of later transitions.</summary>
    internal static Upload From(UploadRecord record, UploadTransition transition)
    {
        if (record.Transitions is not [.., var last] || transition == last)
            return From(record, stored: null, status: transition.Status);
        var earlier = record with { UpdatedAt = transition.At, Error = null, Variants = [], Progress = null };
        return From(earlier, stored: null, status: transition.Status);
    }
}
