using DirectUpload.LocalS3.Storage;

namespace DirectUpload.LocalS3.Lifecycle;

/// <summary>One rule of a bucket's lifecycle configuration.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html</remarks>
internal sealed record LifecycleRule
{
    public required string Id { get; init; }

    public required bool IsEnabled { get; init; }

    public required LifecycleFilter Filter { get; init; }

    /// <summary>Expiration so many days after an object was written; null for none.</summary>
    public int? ExpirationDays { get; init; }

    /// <summary>Expiration of all objects at a midnight, UTC; null for none.</summary>
    public DateTimeOffset? ExpirationDate { get; init; }

    public bool ExpiresDeleteMarkers { get; init; }

    public int? NoncurrentDays { get; init; }

    public int? NewerNoncurrentVersions { get; init; }

    /// <summary>Days after which an upload whose parts were never completed is aborted; null for never.</summary>
    public int? AbortUploadsAfterDays { get; init; }

    /// <summary>When this rule lets an object expire; null when it does not.</summary>
    public DateTimeOffset? ExpiryOf(StoredObject stored) =>
        !IsEnabled || !Filter.Fits(stored) ? null
        : ExpirationDate ?? (ExpirationDays is { } days ? LifecycleDay.After(stored.LastModified, days) : null);

    /// <summary>When this rule deletes a version that is not current any more; null when it does not.</summary>
    /// <param name="version">The version.</param>
    /// <param name="since">When it stopped being current.</param>
    /// <param name="rank">Its place among those that are not current: 1 for the newest of them.</param>
    public DateTimeOffset? NoncurrentExpiryOf(StoredObject version, DateTimeOffset since, int rank) =>
        IsEnabled && Filter.Fits(version) && NoncurrentDays is { } days && rank > (NewerNoncurrentVersions ?? 0)
            ? LifecycleDay.After(since, days) : null;

    /// <summary>Whether this rule removes a delete marker that is the last of its key: it is told to, or the marker itself has expired.</summary>
    public bool RemovesMarker(StoredObject marker, DateTimeOffset now) =>
        ExpiryOf(marker) <= now || (IsEnabled && Filter.Fits(marker) && ExpiresDeleteMarkers);

    /// <summary>When this rule aborts an upload that began at a time; null when it does not. A rule with tags or sizes never does.</summary>
    public DateTimeOffset? AbortionOf(string key, DateTimeOffset initiated) =>
        IsEnabled && AbortUploadsAfterDays is { } days && Filter.IsByPrefixAlone && Filter.FitsKey(key)
            ? LifecycleDay.After(initiated, days) : null;
}
