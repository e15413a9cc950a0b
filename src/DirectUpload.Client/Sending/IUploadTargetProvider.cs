using DirectUpload.Client.Reading;

namespace DirectUpload.Client.Sending;

/// <summary>Provides the presigned targets of an upload's parts; safe for concurrent use.</summary>
internal interface IUploadTargetProvider
{
    /// <summary>Returns the target of a part, with a signature that has probably not expired.</summary>
    ValueTask<UploadTarget> GetAsync(PartReader piece, CancellationToken cancellationToken);

    /// <summary>Discards a signature that storage refused, so that the next call requests another.</summary>
    void Invalidate(int number, UploadTarget refused);
}
