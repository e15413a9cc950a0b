using DirectUpload.Uploads;

namespace DirectUpload.Records;

/// <summary>A record whose event handlers may be notified by one dispatcher until the lease ends.</summary>
/// <param name="Record">The record as it was stored when the lease was taken.</param>
/// <param name="NotifyAt">The time that the record was due for notification at, in UTC. A transition that was stored since has a later one.</param>
/// <param name="Until">The end of the lease, in UTC. No two leases of one record have the same end, so it identifies the lease.</param>
public sealed record NotificationLease(UploadRecord Record, DateTimeOffset NotifyAt, DateTimeOffset Until);
