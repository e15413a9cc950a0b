namespace DirectUpload.LocalS3;

/// <summary>
/// Deviations from Amazon S3 that other servers have, for tests: an application can see what it does on such a server without one. Amazon S3 has none of them.
/// </summary>
[Flags]
public enum LocalS3Quirks
{
    /// <summary>Behaves as Amazon S3 does.</summary>
    None = 0,

    /// <summary>Answers 412 to a copy under <c>x-amz-copy-source-if-match</c> when the source was uploaded in parts, whatever its ETag, as OpenStack Swift does.</summary>
    RefusesConditionalCopiesOfMultipart = 1,

    /// <summary>Accepts a part after its upload was completed; the object is lost, as on OpenStack Swift.</summary>
    AcceptsLateParts = 2,

    /// <summary>Answers 501 to <c>If-None-Match</c> and <c>If-Match</c> on writes, as OpenStack Swift does.</summary>
    NoConditionalWrites = 4,

    /// <summary>Answers 412 to forms (POST policies), as OpenStack Swift does.</summary>
    NoForms = 8,

    /// <summary>Answers 501 to bodies in <c>aws-chunked</c> encoding, as OpenStack Swift does.</summary>
    NoChunkedBodies = 16,

    /// <summary>Ignores <c>If-None-Match</c> and <c>If-Match</c> on writes, as Backblaze B2 does.</summary>
    IgnoresConditionalWrites = 32,
}
