namespace DirectUpload.Uploads;

/// <summary>The one table of what may follow what. Whoever changes a status asks it; stores never do.</summary>
public static class UploadTransitions
{
    /// <summary>Whether an upload may go from <paramref name="from"/> to <paramref name="to"/>.</summary>
    public static bool Allows(UploadStatus from, UploadStatus to) => from switch
    {
        UploadStatus.Requested => to is UploadStatus.Uploaded or UploadStatus.Rejected or UploadStatus.Aborted or UploadStatus.Expired,
        UploadStatus.Uploaded => to is UploadStatus.Processing or UploadStatus.Aborted,
        // Processing to Processing: a lapsed lease is taken over by somebody else.
        // Processing to Uploaded: an outage interrupted it, and whoever comes next may claim it at once.
        UploadStatus.Processing => to is UploadStatus.Processing or UploadStatus.Uploaded or UploadStatus.Ready or UploadStatus.Rejected or UploadStatus.Failed
            or UploadStatus.Aborted,
        UploadStatus.Ready => to is UploadStatus.Deleted,
        UploadStatus.Failed => to is UploadStatus.Uploaded or UploadStatus.Deleted,
        _ => false,
    };

    /// <summary>
    /// Whether nothing more will come of the upload by itself: ready, rejected, failed, aborted, expired or deleted.
    /// </summary>
    public static bool IsSettled(this UploadStatus status) =>
        status is not (UploadStatus.Requested or UploadStatus.Uploaded or UploadStatus.Processing);

    /// <summary>Whether event handlers are notified of a transition: of the arrival and of each terminal status, not of attempts between them.</summary>
    internal static bool Notifies(UploadStatus? from, UploadStatus to) => to switch
    {
        UploadStatus.Uploaded => from == UploadStatus.Requested,
        UploadStatus.Requested or UploadStatus.Processing => false,
        _ => true,
    };
}
