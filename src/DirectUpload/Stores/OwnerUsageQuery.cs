namespace DirectUpload.Stores;

/// <summary>Selects the totals of one owner that <see cref="IUploadRecordStore.GetUsageAsync"/> returns.</summary>
/// <remarks>A total may cost one read for each upload that it includes, so the query asks only for those that a quota limits.</remarks>
/// <param name="profile">The profile whose pending and stored uploads count.</param>
/// <param name="owner">The owner; null for anonymous callers.</param>
/// <param name="now">
/// The current time: uploads whose <see cref="UploadRecord.QuotaEndsAt"/> is at or before it are neither pending nor stored.
/// </param>
public sealed class OwnerUsageQuery(string profile, string? owner, DateTimeOffset now)
{
    /// <summary>Gets the profile whose pending and stored uploads count.</summary>
    public string Profile { get; } = profile;

    /// <summary>Gets the owner; null for anonymous callers.</summary>
    public string? Owner { get; } = owner;

    /// <summary>Gets the current time.</summary>
    public DateTimeOffset Now { get; } = now;

    /// <summary>Gets whether pending uploads and their bytes are counted.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool Pending { get; init; }

    /// <summary>Gets whether stored bytes are summed.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool Stored { get; init; }

    /// <summary>Gets the time after which uploads were created that count as created.</summary>
    /// <value>Uploads that were created exactly at this time are not counted.</value>
    public DateTimeOffset CreatedAfter { get; init; }

    /// <summary>Gets the number at which counting created uploads stops.</summary>
    /// <value>0 to 10,001. The default is 0: created uploads are not counted.</value>
    public int CreatedLimit { get; init; }

    /// <summary>Gets a record that the caller has added and not changed; null for none.</summary>
    /// <value>The totals include this record, even if those of the store lag behind its writes.</value>
    public UploadRecord? Added { get; init; }
}
