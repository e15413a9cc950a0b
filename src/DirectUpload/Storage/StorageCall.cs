namespace DirectUpload.Storage;

/// <summary>Describes one call to storage, for messages and timeouts.</summary>
/// <param name="Bucket">The bucket's name at S3.</param>
/// <param name="Operation">The S3 name of the operation, such as <c>PutObject</c>.</param>
/// <param name="Key">The object's key, or a prefix; null for the bucket itself.</param>
/// <param name="Bytes">The number of bytes that storage copies or assembles for the call; 0 for other calls.</param>
internal readonly record struct StorageCall(string Bucket, string Operation, string? Key = null, long Bytes = 0)
{
    /// <summary>The first segment of the key, with its slash.</summary>
    public string KeyPrefix => Key is null ? string.Empty : Key[..(Key.IndexOf('/', StringComparison.Ordinal) + 1)];
}
