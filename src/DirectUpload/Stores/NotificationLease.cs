namespace DirectUpload.Stores;

/// <summary>Represents the exclusive right of one dispatcher to notify the event handlers of one record, for a time.</summary>
/// <remarks>No two leases of one record have the same <see cref="ExpiresAt"/>, so the store identifies the lease by it.</remarks>
/// <param name="record">The record as it was stored when the lease was taken.</param>
/// <param name="notifyAt">The time at which the notification became due, in UTC.</param>
/// <param name="expiresAt">The end of the lease, in UTC; unique among the leases of one record.</param>
public sealed class NotificationLease(UploadRecord record, DateTimeOffset notifyAt, DateTimeOffset expiresAt)
{
    /// <summary>Gets the record as it was stored when the lease was taken.</summary>
    public UploadRecord Record { get; } = record;

    /// <summary>Gets the time at which the notification became due, in UTC.</summary>
    /// <remarks>A transition that is stored during the lease has a later time.</remarks>
    public DateTimeOffset NotifyAt { get; } = notifyAt;

    /// <summary>Gets the time at which the lease ends, in UTC.</summary>
    public DateTimeOffset ExpiresAt { get; } = expiresAt;
}
