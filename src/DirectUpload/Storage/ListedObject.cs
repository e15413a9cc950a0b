namespace DirectUpload.Storage;

/// <summary>An object as a listing shows it.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="LastModified">When it was written, in UTC, to the second.</param>
public sealed record ListedObject(string Key, long Size, DateTimeOffset LastModified);

/// <summary>A multipart upload that was begun and not ended; its parts are paid for, and no listing of objects shows them.</summary>
/// <param name="Key">The key that its object would get.</param>
/// <param name="UploadId">Its id at storage.</param>
/// <param name="Initiated">When it was begun, in UTC.</param>
public sealed record UnfinishedMultipart(string Key, string UploadId, DateTimeOffset Initiated);
