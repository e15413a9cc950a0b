namespace DirectUpload.Storage;

/// <summary>One call to storage, as messages and limits know it.</summary>
/// <param name="Bucket">The bucket's name at S3.</param>
/// <param name="Operation">S3's own name of the operation, such as <c>PutObject</c>.</param>
/// <param name="Key">The object's key, or a prefix; null for the bucket itself.</param>
/// <param name="Bytes">How many bytes storage has to move for it, where that takes time; 0 for calls that move none.</param>
internal readonly record struct StorageCall(string Bucket, string Operation, string? Key = null, long Bytes = 0)
{
    /// <summary>The first segment of the key, with its slash.</summary>
    public string Place => Key is null ? string.Empty : Key[..(Key.IndexOf('/', StringComparison.Ordinal) + 1)];
}
