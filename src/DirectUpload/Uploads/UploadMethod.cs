namespace DirectUpload.Uploads;

/// <summary>How the bytes travel to storage.</summary>
public enum UploadMethod
{
    /// <summary>A presigned PUT: exact size, type and checksum are signed. Works with every S3 provider.</summary>
    Put,

    /// <summary>A form with a POST policy: works from plain HTML forms. Not with Cloudflare R2 or Backblaze B2.</summary>
    Post,

    /// <summary>Many presigned PUTs, one for each part: for what is large, or must be resumed. A file with no bytes goes in one piece.</summary>
    Multipart,
}
