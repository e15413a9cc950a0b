namespace DirectUpload.Uploads;

/// <summary>Where an upload stands. <see cref="UploadTransitions"/> says which step may follow which.</summary>
public enum UploadStatus
{
    /// <summary>Granted; nothing is known to be at its key yet.</summary>
    Requested,

    /// <summary>The object arrived, was verified against the record, and its ETag is pinned.</summary>
    Uploaded,

    /// <summary>Somebody holds the lease and is promoting and inspecting it.</summary>
    Processing,

    /// <summary>Finished: content can be served.</summary>
    Ready,

    /// <summary>The object was not what was promised. Its objects are deleted.</summary>
    Rejected,

    /// <summary>Processing gave up; the record says why. It can be retried.</summary>
    Failed,

    /// <summary>Given up by its client before it was finished.</summary>
    Aborted,

    /// <summary>Nothing arrived before the grant ran out.</summary>
    Expired,

    /// <summary>Was finished, then deleted, objects included.</summary>
    Deleted,
}
