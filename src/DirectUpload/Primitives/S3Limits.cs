namespace DirectUpload.Primitives;

/// <summary>The limits of Amazon S3.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html</remarks>
internal static class S3Limits
{
    /// <summary>The maximum size of an object of one PUT, one form or one CopyObject: 5 GiB, in bytes.</summary>
    public const long MaxSinglePutSize = 5L * 1024 * 1024 * 1024;

    /// <summary>The minimum size of a part that is not the last: 5 MiB, in bytes.</summary>
    public const long MinPartSize = 5L * 1024 * 1024;

    /// <summary>The maximum number of parts of an object.</summary>
    public const int MaxParts = 10_000;

    /// <summary>The maximum size of an object: 10,000 parts of 5 GiB (48.8 TiB), in bytes.</summary>
    public const long MaxObjectSize = MaxParts * MaxSinglePutSize;
}
