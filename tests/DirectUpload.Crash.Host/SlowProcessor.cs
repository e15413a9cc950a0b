using DirectUpload.Processing;

namespace DirectUpload.Crash.Host;

/// <summary>A processor that reads the content only after a while, by which time storage may be out.</summary>
internal sealed class SlowProcessor : IUploadProcessor
{
    public async Task<ProcessingResult> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, cancellationToken);
        await using var content = await context.OpenReadAsync(cancellationToken);
        await content.CopyToAsync(Stream.Null, cancellationToken);
        return ProcessingResult.Accept;
    }
}
