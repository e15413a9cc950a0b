namespace DirectUpload.Client;

/// <summary>Specifies how the bytes are sent to storage.</summary>
public enum FileUploadMethod
{
    /// <summary>The client sends one presigned PUT request.</summary>
    Put,

    /// <summary>The client sends one form by POST, as browsers do.</summary>
    Post,

    /// <summary>The client sends several parts in parallel.</summary>
    Multipart,
}
