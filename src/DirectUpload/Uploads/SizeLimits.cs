namespace DirectUpload.Uploads;

/// <summary>S3's own limits: https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html</summary>
internal static class SizeLimits
{
    /// <summary>The largest object that one PUT, one form or one CopyObject takes: 5 GiB, in bytes.</summary>
    public const long SingleUpload = 5L * 1024 * 1024 * 1024;

    /// <summary>The smallest size of a part that is not the last: 5 MiB, in bytes.</summary>
    public const long SmallestPart = 5L * 1024 * 1024;

    /// <summary>As many parts make an object at most.</summary>
    public const int Parts = 10_000;

    /// <summary>The largest object there is: 10,000 parts of 5 GiB (48.8 TiB), in bytes.</summary>
    public const long Object = Parts * SingleUpload;
}
