namespace DirectUpload.Client;

/// <summary>Where an upload stands, as the application says.</summary>
public enum UploadStatus
{
    /// <summary>A status that this version does not know.</summary>
    Unknown,

    /// <summary>Granted; it has not arrived yet.</summary>
    Requested,

    /// <summary>It has arrived, and waits to be processed.</summary>
    Uploaded,

    /// <summary>The application is at it.</summary>
    Processing,

    /// <summary>Finished: its content can be had.</summary>
    Ready,

    /// <summary>It was not what was promised, or a check refused it.</summary>
    Rejected,

    /// <summary>Processing gave up; the application can try again.</summary>
    Failed,

    /// <summary>Given up by its client.</summary>
    Aborted,

    /// <summary>Nothing arrived before the grant ran out.</summary>
    Expired,

    /// <summary>Was finished, then deleted.</summary>
    Deleted,
}
