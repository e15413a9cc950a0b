namespace DirectUpload.Storage;

/// <summary>An object in a listing.</summary>
/// <param name="Key">The object's key.</param>
/// <param name="Size">The object's size, in bytes.</param>
/// <param name="LastModified">The time at which the object was written, in UTC, to the second.</param>
internal sealed record ListedObject(string Key, long Size, DateTimeOffset LastModified);

/// <summary>A multipart upload that was neither completed nor aborted; its parts cost money and are in no listing of objects.</summary>
/// <param name="Key">The key of the object that it would create.</param>
/// <param name="UploadId">The id that storage assigned to it.</param>
/// <param name="Initiated">The time at which it was started, in UTC.</param>
internal sealed record IncompleteMultipartUpload(string Key, string UploadId, DateTimeOffset Initiated);
