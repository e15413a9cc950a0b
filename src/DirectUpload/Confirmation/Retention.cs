using DirectUpload.Uploads;

namespace DirectUpload.Confirmation;

/// <summary>How long what has ended is kept.</summary>
/// <param name="Failed">The objects of a failed upload, so that it can be retried.</param>
/// <param name="Records">The records of uploads whose objects are gone, so that clients and people can see why.</param>
/// <param name="AwaitsNotification">Whether an event handler of this host has still to be notified of a record.</param>
internal sealed record Retention(TimeSpan Failed, TimeSpan Records, Func<UploadRecord, bool> AwaitsNotification);
