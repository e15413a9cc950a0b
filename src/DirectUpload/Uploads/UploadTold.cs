namespace DirectUpload.Uploads;

/// <summary>How far one observer has been told of an upload.</summary>
/// <param name="Observer">Its name.</param>
/// <param name="Until">When the last step was taken that it has been told of, or that was not for it, in UTC.</param>
public sealed record UploadTold(string Observer, DateTimeOffset Until);
