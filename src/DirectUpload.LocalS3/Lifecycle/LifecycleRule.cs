using DirectUpload.LocalS3.Objects;

namespace DirectUpload.LocalS3.Lifecycle;

/// <summary>Represents one rule of a bucket's lifecycle configuration.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html</remarks>
internal sealed record LifecycleRule
{
    public required string Id { get; init; }

    public required bool IsEnabled { get; init; }

    public required LifecycleFilter Filter { get; init; }

    /// <summary>The number of days from the write to the expiration; null for none.</summary>
    public int? ExpirationDays { get; init; }

    /// <summary>The midnight, UTC, at which all objects expire; null for none.</summary>
    public DateTimeOffset? ExpirationDate { get; init; }

    public bool ExpiresDeleteMarkers { get; init; }

    public int? NoncurrentDays { get; init; }

    public int? NewerNoncurrentVersions { get; init; }

    /// <summary>The number of days after which an incomplete multipart upload is aborted; null for never.</summary>
    public int? AbortUploadsAfterDays { get; init; }

    /// <summary>Returns the time at which this rule expires an object, or null.</summary>
    public DateTimeOffset? GetExpirationTime(StoredObject stored) =>
        !IsEnabled || !Filter.Matches(stored) ? null
        : ExpirationDate ?? (ExpirationDays is { } days ? LifecycleDay.GetMidnightAfter(stored.LastModified, days) : null);

    /// <summary>Returns the time at which this rule deletes a noncurrent version, or null.</summary>
    /// <param name="version">The version.</param>
    /// <param name="since">The time at which the version became noncurrent.</param>
    /// <param name="rank">The position among the noncurrent versions; 1 is the newest.</param>
    public DateTimeOffset? GetNoncurrentExpirationTime(StoredObject version, DateTimeOffset since, int rank) =>
        IsEnabled && Filter.Matches(version) && NoncurrentDays is { } days && rank > (NewerNoncurrentVersions ?? 0)
            ? LifecycleDay.GetMidnightAfter(since, days) : null;

    /// <summary>Indicates whether this rule removes a delete marker that is the only version of its key.</summary>
    /// <remarks>The rule removes the marker if it is configured to, or if the marker itself has expired.</remarks>
    public bool RemovesDeleteMarker(StoredObject marker, DateTimeOffset now) =>
        GetExpirationTime(marker) <= now || (IsEnabled && Filter.Matches(marker) && ExpiresDeleteMarkers);

    /// <summary>Returns the time at which this rule aborts an upload, or null; a rule with tags or sizes aborts none.</summary>
    public DateTimeOffset? GetAbortTime(string key, DateTimeOffset initiated) =>
        IsEnabled && AbortUploadsAfterDays is { } days && Filter.IsByPrefixAlone && Filter.MatchesKey(key)
            ? LifecycleDay.GetMidnightAfter(initiated, days) : null;
}
