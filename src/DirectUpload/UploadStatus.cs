namespace DirectUpload;

/// <summary>Specifies the status of an upload.</summary>
public enum UploadStatus
{
    /// <summary>Specifies that the upload was granted and its object has not been confirmed.</summary>
    Requested,

    /// <summary>Specifies that the object has arrived and matches the record; its ETag is stored.</summary>
    Uploaded,

    /// <summary>Specifies that a host holds the lease, and promotes and inspects the object.</summary>
    Processing,

    /// <summary>Specifies that the upload is finished and its content can be served.</summary>
    Ready,

    /// <summary>Specifies that the file differs from its declaration, or that a processor rejected it; its objects are deleted.</summary>
    Rejected,

    /// <summary>
    /// Specifies that processing failed for the last time; the record contains the reason, and the upload can be retried.
    /// </summary>
    Failed,

    /// <summary>Specifies that the client or the application aborted the upload before it was finished.</summary>
    Aborted,

    /// <summary>Specifies that no object arrived before the grant expired.</summary>
    Expired,

    /// <summary>Specifies that the finished upload was deleted together with its objects.</summary>
    Deleted,
}
