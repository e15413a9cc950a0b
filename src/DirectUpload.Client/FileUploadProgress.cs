namespace DirectUpload.Client;

/// <summary>Reports the progress of an upload.</summary>
/// <param name="BytesSent">
/// The number of bytes sent, including those that storage has from earlier runs. The number never decreases: while a failed part is sent
/// again, it stays the same.
/// </param>
/// <param name="TotalBytes">The file's size in bytes.</param>
/// <param name="BytesPerSecond">The transfer rate, smoothed over about three seconds; bytes that are sent twice count twice.</param>
/// <param name="Remaining">The estimated remaining time, or null while the rate is unknown or zero.</param>
public readonly record struct FileUploadProgress(long BytesSent, long TotalBytes, double BytesPerSecond, TimeSpan? Remaining);
