namespace DirectUpload.Processing;

/// <summary>Processes the content of an upload before it is ready, for example to scan it or to make a thumbnail.</summary>
/// <remarks>
/// <para>
/// Add a processor to a profile with <see cref="UploadProfile.AddProcessor{TProcessor}(string?, Action{ProcessorOptions}?)"/>. The worker
/// runs a profile's processors in order, on the final object, which no client can change. Each run creates an instance from a service
/// scope of its own.
/// </para>
/// <para>
/// A processor may run again for the same upload, even while an earlier run is still ending. Its effects outside
/// <see cref="UploadProcessingContext"/> must be idempotent. Variants and properties are kept only if this run makes the upload ready.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// public sealed class PageCount(IPdfReader pdf) : IUploadProcessor
/// {
///     public async Task&lt;ProcessingResult&gt; ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken)
///     {
///         await using var content = await context.OpenReadAsync(cancellationToken);   // the final object; no client can change it
///         if (await pdf.CountPagesAsync(content, cancellationToken) is not { } pages)
///             return ProcessingResult.Reject("unreadable", "This PDF cannot be read. Save it again, and upload the new file.");
///
///         context.SetProperty("pages", $"{pages}");                                   // stored with the upload
///         return ProcessingResult.Accept;
///     }
/// }
/// </code>
/// </example>
public interface IUploadProcessor
{
    /// <summary>Processes the upload.</summary>
    /// <param name="context">The upload, its content, and the methods that store results.</param>
    /// <param name="cancellationToken">
    /// Canceled when the host stops or another worker holds the lease. The processor should throw promptly.
    /// </param>
    /// <returns>
    /// <see cref="ProcessingResult.Accept"/> to accept the content, or the result of <see cref="ProcessingResult.Reject"/> to reject it.
    /// The objects of a rejected upload are deleted.
    /// </returns>
    /// <exception cref="ProcessorUnavailableException">
    /// A service that the processor needs is unavailable. The failure is transient and does not count as an attempt.
    /// </exception>
    /// <remarks>
    /// A processor that cannot decide throws. It is called again after growing delays, until <c>MaxAttempts</c> of the options is reached;
    /// then the upload fails. If the content could not be read because storage was unavailable, the attempt does not count.
    /// </remarks>
    Task<ProcessingResult> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken);
}
