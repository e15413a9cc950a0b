using DirectUpload.Processing;

namespace VirusScan;

/// <summary>Rejects what clamd finds a virus in: <c>profile.ProcessWith&lt;VirusScanner&gt;()</c>.</summary>
public sealed class VirusScanner(ClamAv clamAv) : IUploadProcessor
{
    public async Task<UploadVerdict> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken)
    {
        await using var content = await context.OpenReadAsync(cancellationToken);
        return await clamAv.FindAsync(content, cancellationToken) is { } virus
            ? UploadVerdict.Reject("infected", $"The file contains a virus ({virus}). Remove it, and upload the file again.")
            : UploadVerdict.Accept;
    }
}
