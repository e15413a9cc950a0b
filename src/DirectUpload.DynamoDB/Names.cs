namespace DirectUpload.DynamoDB;

/// <summary>The table's attributes. A record's null is an attribute that is absent.</summary>
internal static class Names
{
    /// <summary>The table's only key.</summary>
    public const string Id = "id";

    public const string Profile = "profile";
    public const string Owner = "owner";
    public const string ClaimedSize = "claimed_size";
    public const string CreatedAt = "created_at";

    public const string FileName = "file_name";
    public const string ContentType = "content_type";
    public const string Size = "size";
    public const string ChecksumSha256 = "checksum_sha256";
    public const string Bucket = "bucket";
    public const string StagingKey = "staging_key";
    public const string FinalKey = "final_key";
    public const string ETag = "etag";
    public const string VersionId = "version_id";
    public const string Status = "status";
    public const string Association = "association";
    public const string WriteTokenHash = "write_token_hash";
    public const string ReadTokenHash = "read_token_hash";
    public const string ReadTokenExpiresAt = "read_token_expires_at";
    public const string WriteTokenExpiresAt = "write_token_expires_at";
    public const string RequiredProcessors = "required_processors";
    public const string Told = "told";

    // The dispatcher's own, beside the above: no update of a record overwrites them.
    public const string NotifyAt = "notify_at";
    public const string NotifyUntil = "notify_until";

    /// <summary>Who holds the lease.</summary>
    public const string NotifyMark = "notify_mark";
    public const string Metadata = "metadata";
    public const string Findings = "findings";
    public const string Derivatives = "derivatives";
    public const string SizeIsOpen = "size_is_open";
    public const string Parts = "parts";
    public const string Audit = "audit";
    public const string UpdatedAt = "updated_at";
    public const string GrantExpiresAt = "grant_expires_at";
    public const string DueAt = "due_at";
    public const string RetireAt = "retire_at";
    public const string Attempts = "attempts";
    public const string Failures = "failures";
    public const string Fault = "fault";
    public const string Error = "error";
    public const string Version = "version";

    /// <summary>The last versions, each with the mark of whoever wrote it.</summary>
    public const string Writes = "writes";

    // What only indexes and the time to live need, made from the attributes above.
    public const string OwnerList = "owner_list";
    public const string Pending = "pending";
    public const string HeldSize = "held_size";
    public const string QuotaEndsAt = "quota_ends_at";
    public const string DueShard = "due_shard";
    public const string NotifyShard = "notify_shard";

    /// <summary>When DynamoDB may remove the item, in seconds since 1970.</summary>
    public const string ExpiresAt = "expires_at";

    public const string ByOwner = "by-owner";
    public const string ByPending = "by-pending";
    public const string ByDue = "by-due";
    public const string ByNotify = "by-notify";

    /// <summary>What an update sets or removes: everything but the key, what never changes, and what counts the writes.</summary>
    public static IReadOnlyList<string> Changing { get; } =
    [
        FileName, ContentType, Size, ChecksumSha256, Bucket, StagingKey, FinalKey, ETag, VersionId, Status, Association, WriteTokenHash, ReadTokenHash,
        Metadata, Findings, Derivatives, SizeIsOpen, Parts, Audit, UpdatedAt, GrantExpiresAt, DueAt, RetireAt, Attempts, Failures, Fault, Error, ReadTokenExpiresAt, Pending, HeldSize, DueShard, ExpiresAt,
        WriteTokenExpiresAt, RequiredProcessors, QuotaEndsAt,
    ];
}
