namespace DirectUpload;

/// <summary>Specifies how a client sends a file to storage.</summary>
public enum UploadMethod
{
    /// <summary>Specifies one presigned PUT request, which every S3 provider supports.</summary>
    /// <remarks>The exact size, the media type and the checksum are signed.</remarks>
    Put,

    /// <summary>Specifies an HTML form with a POST policy, which also works without script.</summary>
    /// <remarks>Cloudflare R2 and Backblaze B2 do not support it.</remarks>
    Post,

    /// <summary>Specifies a multipart upload with one presigned PUT request for each part, for large or resumable uploads.</summary>
    /// <remarks>An empty file is sent by one request.</remarks>
    Multipart,
}
