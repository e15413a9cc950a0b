namespace DirectUpload.Processing;

/// <summary>
/// One step of the application's own work on an upload that has arrived: scan it, measure it, make a thumbnail. Added to a profile by
/// <see cref="UploadProfileExtensions.ProcessWith{TProcessor}"/>; a profile's steps run in order, in the worker, on the frozen copy that no client can change, before
/// the upload is ready. Each run makes its own instance, with its services from a scope of its own.
/// </summary>
/// <remarks>
/// A step may run again for one upload, even while a run that was believed dead still ends: whatever it does outside of its <see cref="UploadProcessingContext"/> must bear
/// being done twice. What the context takes (derivatives, findings) counts only if the run's upload becomes ready by it.
/// </remarks>
public interface IUploadProcessor
{
    /// <summary>Does the step.</summary>
    /// <param name="context">The upload, its bytes, and where results go.</param>
    /// <param name="cancellationToken">The host stops, or somebody else has the upload now: end soon, by throwing.</param>
    /// <returns>
    /// <see cref="UploadVerdict.Accept"/>, or <see cref="UploadVerdict.Reject"/>: the content is not acceptable, and is deleted. A step that can't tell throws: it is tried
    /// again, with growing pauses, until the options' <c>MaxAttempts</c>; then the upload has failed. When the bytes could not be read because
    /// storage was out, or the step throws <see cref="ProcessorOutageException"/>, that is an outage, and is not held against the upload.
    /// </returns>
    Task<UploadVerdict> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken);
}
