namespace DirectUpload.Signing;

/// <summary>S3's own limits: https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html</summary>
internal static class SizeLimits
{
    /// <summary>The largest object that one PUT, one form or one CopyObject takes: 5 GiB, in bytes.</summary>
    public const long SingleUpload = 5L * 1024 * 1024 * 1024;
}
