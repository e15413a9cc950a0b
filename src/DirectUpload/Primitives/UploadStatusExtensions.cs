namespace DirectUpload.Primitives;

/// <summary>Answers questions about an <see cref="UploadStatus"/>.</summary>
internal static class UploadStatusExtensions
{
    /// <summary>Checks whether the library changes an upload of this status no further by itself.</summary>
    public static bool IsTerminal(this UploadStatus status) =>
        status is not (UploadStatus.Requested or UploadStatus.Uploaded or UploadStatus.Processing);
}
