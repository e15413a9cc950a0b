using DirectUpload.Storage;
using DirectUpload.Stores;

namespace DirectUpload.Processing;

/// <summary>Decides whether a confirm copies the object first and verifies the copy, which takes two calls to storage.</summary>
/// <remarks>
/// The source's ETag is not known then, so only the condition that the copy is new keeps a late duplicate of the request from replacing a
/// copy that was inspected. On a server without that condition, the object is verified first.
/// </remarks>
internal static class CopyFirstRule
{
    /// <summary>
    /// The size of the largest object that is copied first, in bytes. Copies of larger ones take seconds, in which the status should show
    /// that the upload is processed.
    /// </summary>
    public const long MaxSize = ObjectCalls.MaxPresignedCopySize;

    /// <summary>Decides for an upload whose object may have arrived.</summary>
    /// <remarks>Only the first confirm copies first: if it found nothing, the next ones look before they copy.</remarks>
    public static bool Applies(UploadRecord record, UploadProfile profile, IUploadBucket bucket) =>
        !profile.RequiresWorker() && record is { Attempts: 0, RequiredProcessors.Count: 0, DeclaredSize: <= MaxSize }
        && record.FinalKey != record.StagingKey && bucket.VerifiesCopies;
}
