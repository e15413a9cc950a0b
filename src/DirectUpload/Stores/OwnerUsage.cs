namespace DirectUpload.Stores;

/// <summary>Represents what the uploads of one owner count toward its quotas.</summary>
/// <param name="pendingUploads">The number of pending uploads; 0 when the query does not ask for it.</param>
/// <param name="pendingBytes">The bytes of pending uploads; 0 when the query does not ask for them.</param>
/// <param name="storedBytes">The stored bytes; 0 when the query does not ask for them.</param>
/// <param name="createdUploads">The number of recently created uploads; 0 when the query does not ask for it.</param>
public sealed class OwnerUsage(int pendingUploads, long pendingBytes, long storedBytes, int createdUploads)
{
    /// <summary>Gets the number of uploads under the profile that have <see cref="UploadRecord.PendingBytes"/>.</summary>
    public int PendingUploads { get; } = pendingUploads;

    /// <summary>Gets the sum of the <see cref="UploadRecord.PendingBytes"/> of the uploads under the profile.</summary>
    public long PendingBytes { get; } = pendingBytes;

    /// <summary>Gets the sum of the <see cref="UploadRecord.StoredBytes"/> of the uploads under the profile.</summary>
    public long StoredBytes { get; } = storedBytes;

    /// <summary>Gets the number of uploads under any profile that were created after the time that the query names.</summary>
    /// <value>At most <see cref="OwnerUsageQuery.CreatedLimit"/>.</value>
    public int CreatedUploads { get; } = createdUploads;
}
