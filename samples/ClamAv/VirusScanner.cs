using DirectUpload.Processing;

namespace VirusScan;

/// <summary>Rejects files in which clamd finds a virus.</summary>
/// <remarks>Add it to a profile with <c>profile.AddProcessor&lt;VirusScanner&gt;()</c>.</remarks>
/// <param name="clamAv">The client for clamd.</param>
public sealed class VirusScanner(ClamAvClient clamAv) : IUploadProcessor
{
    /// <inheritdoc/>
    public async Task<ProcessingResult> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken)
    {
        context.ReportProgress("scanning");
        await using var content = await context.OpenReadAsync(cancellationToken);
        return await clamAv.ScanAsync(content, cancellationToken) is { } virus
            ? ProcessingResult.Reject("infected", $"The file contains a virus ({virus}). Remove it, and upload the file again.")
            : ProcessingResult.Accept;
    }
}
