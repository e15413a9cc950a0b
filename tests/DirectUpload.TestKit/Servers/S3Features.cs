namespace DirectUpload.TestKit;

/// <summary>Specifies the features that some S3 servers lack; see <see cref="MissingFeatures"/>.</summary>
[Flags]
public enum S3Features
{
    None = 0,

    /// <summary>POST policies, for uploads by an HTML form.</summary>
    Forms = 1,

    /// <summary>If-None-Match on PUT.</summary>
    ConditionalWrites = 2,

    /// <summary>Refusal of a wrong x-amz-checksum-*.</summary>
    Checksums = 4,

    /// <summary>Canned ACLs of objects.</summary>
    Acls = 8,

    /// <summary>Event notifications of a bucket.</summary>
    Events = 16,

    /// <summary>CORS rules of a bucket.</summary>
    CorsRules = 32,

    /// <summary>Refusal of parts after a multipart upload is completed.</summary>
    PartsEndOnCompletion = 64,
}
