namespace DirectUpload.DynamoDB.Records;

/// <summary>Specifies the names of the table's attributes. A value that is null in the record has no attribute.</summary>
internal static class AttributeNames
{
    /// <summary>Specifies the partition key, which is the table's only key.</summary>
    public const string Id = "id";

    public const string Profile = "profile";
    public const string Owner = "owner";
    public const string DeclaredSize = "declared_size";
    public const string CreatedAt = "created_at";

    public const string FileName = "file_name";
    public const string ContentType = "content_type";
    public const string DeclaredContentType = "declared_content_type";
    public const string AllowedContentTypes = "allowed_content_types";
    public const string Size = "size";
    public const string ChecksumSha256 = "checksum_sha256";
    public const string ChecksumCrc64Nvme = "checksum_crc64nvme";
    public const string StoredChecksum = "stored_checksum";
    public const string Bucket = "bucket";
    public const string StagingKey = "staging_key";
    public const string FinalKey = "final_key";
    public const string ETag = "etag";
    public const string VersionId = "version_id";
    public const string Status = "status";
    public const string Association = "association";
    public const string AttachedAt = "attached_at";
    public const string AttachBy = "attach_by";
    public const string IsReplacing = "is_replacing";
    public const string WriteTokenHash = "write_token_hash";
    public const string ReadTokenHash = "read_token_hash";
    public const string ReadTokenExpiresAt = "read_token_expires_at";
    public const string WriteTokenExpiresAt = "write_token_expires_at";
    public const string RequiredProcessors = "required_processors";
    public const string NotificationCheckpoints = "notification_checkpoints";

    // Only the dispatcher writes these; no update of a record overwrites them.
    public const string NotifyAt = "notify_at";
    public const string NotifyUntil = "notify_until";

    /// <summary>Specifies the unique mark of the notification lease.</summary>
    public const string NotifyMark = "notify_mark";
    public const string Decisions = "decisions";
    public const string Progress = "progress";
    public const string Metadata = "metadata";
    public const string Properties = "properties";
    public const string Variants = "variants";
    public const string IsSizeUnknown = "is_size_unknown";
    public const string Parts = "parts";
    public const string Audit = "audit";
    public const string UpdatedAt = "updated_at";
    public const string GrantExpiresAt = "grant_expires_at";
    public const string NextActionAt = "next_action_at";
    public const string PurgeAt = "purge_at";
    public const string Attempts = "attempts";
    public const string FailedAttempts = "failed_attempts";
    public const string LastError = "last_error";
    public const string Error = "error";
    public const string Version = "version";

    /// <summary>The latest versions, each with the mark of its writer.</summary>
    public const string Writes = "writes";

    // Only the indexes and the time to live use these; they derive from the attributes above.
    public const string OwnerList = "owner_list";
    public const string AssociationList = "association_list";
    public const string Pending = "pending";
    public const string Awaited = "awaited";
    public const string StoredSize = "stored_bytes";
    public const string QuotaEndsAt = "quota_ends_at";
    public const string NextActionShard = "next_action_shard";
    public const string NotifyShard = "notify_shard";

    /// <summary>The time at which DynamoDB may delete the item, in seconds since 1970.</summary>
    public const string ExpiresAt = "expires_at";

    public const string ByOwner = "by-owner";
    public const string ByAssociation = "by-association";
    public const string ByPending = "by-pending";
    public const string ByAwaited = "by-awaited";
    public const string ByNextAction = "by-next-action";
    public const string ByNotify = "by-notify";

    /// <summary>Lists the attributes that an update sets or removes: all except the key, immutable attributes and the version.</summary>
    public static IReadOnlyList<string> Mutable { get; } =
    [
        FileName, ContentType, DeclaredContentType, AllowedContentTypes, Size, ChecksumSha256, ChecksumCrc64Nvme, StoredChecksum, Bucket,
        StagingKey, FinalKey, ETag, VersionId, Status, Association, AttachedAt, AttachBy, IsReplacing, WriteTokenHash, ReadTokenHash,
        Metadata, Properties, Variants, IsSizeUnknown, Parts, Audit, UpdatedAt, GrantExpiresAt, NextActionAt, PurgeAt, Attempts,
        FailedAttempts, LastError, Error, ReadTokenExpiresAt, AssociationList, Pending, StoredSize, NextActionShard, ExpiresAt,
        WriteTokenExpiresAt, RequiredProcessors, QuotaEndsAt, Decisions, Progress, Awaited,
    ];
}
