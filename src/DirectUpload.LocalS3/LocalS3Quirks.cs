namespace DirectUpload.LocalS3;

/// <summary>Specifies deviations from Amazon S3 that other servers have, so that tests can run without such a server.</summary>
[Flags]
public enum LocalS3Quirks
{
    /// <summary>Behaves as Amazon S3 does.</summary>
    None = 0,

    /// <summary>
    /// Responds with 412 to a copy with <c>x-amz-copy-source-if-match</c> if the source is a multipart upload, whatever its ETag, as
    /// OpenStack Swift does.
    /// </summary>
    RefusesConditionalCopiesOfMultipart = 1,

    /// <summary>Accepts a part after its upload was completed; the object is lost, as on OpenStack Swift.</summary>
    AcceptsLateParts = 2,

    /// <summary>Responds with 501 to <c>If-None-Match</c> and <c>If-Match</c> on writes, as OpenStack Swift does.</summary>
    NoConditionalWrites = 4,

    /// <summary>Responds with 412 to forms (POST policies), as OpenStack Swift does.</summary>
    NoForms = 8,

    /// <summary>Responds with 501 to bodies in <c>aws-chunked</c> encoding, as OpenStack Swift does.</summary>
    NoChunkedBodies = 16,

    /// <summary>Ignores <c>If-None-Match</c> and <c>If-Match</c> on writes, as Backblaze B2 does.</summary>
    IgnoresConditionalWrites = 32,
}
