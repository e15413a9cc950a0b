namespace DirectUpload.Client;

/// <summary>How far an upload is.</summary>
/// <param name="BytesSent">
/// Bytes handed to the network, those of earlier runs that storage has included. Never runs backwards: when a part has to be sent again, it stands still until what was lost has been made up for.
/// </param>
/// <param name="TotalBytes">The file's size.</param>
/// <param name="BytesPerSecond">What goes over the line, smoothed over about three seconds; what is sent twice counts twice.</param>
/// <param name="Remaining">At this speed, with what has to be sent again; null while the speed is unknown or zero.</param>
public readonly record struct UploadProgress(long BytesSent, long TotalBytes, double BytesPerSecond, TimeSpan? Remaining);
