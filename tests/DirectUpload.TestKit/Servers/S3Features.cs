namespace DirectUpload.TestKit;

/// <summary>What some S3 servers lack and a case may need. See <see cref="MissingFeatures"/>.</summary>
[Flags]
public enum S3Features
{
    None = 0,

    /// <summary>POST policies: uploads by an HTML form.</summary>
    Forms = 1,

    /// <summary>If-None-Match on PUT.</summary>
    ConditionalWrites = 2,

    /// <summary>A wrong x-amz-checksum-* is refused.</summary>
    Checksums = 4,

    /// <summary>Canned ACLs of objects.</summary>
    Acls = 8,

    /// <summary>Event notifications of a bucket.</summary>
    Events = 16,

    /// <summary>CORS rules of a bucket.</summary>
    CorsRules = 32,

    /// <summary>A multipart upload accepts no part once it is completed.</summary>
    PartsEndOnCompletion = 64,
}
