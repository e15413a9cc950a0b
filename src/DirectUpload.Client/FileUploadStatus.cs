namespace DirectUpload.Client;

/// <summary>Specifies the status of an upload, as the application reports it.</summary>
public enum FileUploadStatus
{
    /// <summary>A status that this version of the client does not know.</summary>
    Unknown,

    /// <summary>The upload is granted; its bytes have not arrived yet.</summary>
    Requested,

    /// <summary>The bytes have arrived and wait for processing.</summary>
    Uploaded,

    /// <summary>The application processes the upload.</summary>
    Processing,

    /// <summary>The upload is ready; its content is available.</summary>
    Ready,

    /// <summary>The bytes differ from the declaration, or a check rejected them.</summary>
    Rejected,

    /// <summary>Processing failed; the application can retry it.</summary>
    Failed,

    /// <summary>The client aborted the upload.</summary>
    Aborted,

    /// <summary>The grant expired before the bytes arrived.</summary>
    Expired,

    /// <summary>The upload was ready and has been deleted.</summary>
    Deleted,
}
