using DirectUpload.Processing;

namespace QuickStart;

/// <summary>Delays or fails if the file name says so, to show how the worker retries.</summary>
internal sealed class FailingProcessor : IUploadProcessor
{
    public async Task<ProcessingResult> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken)
    {
        var name = context.Upload.FileName;
        if (name.Contains("slow", StringComparison.OrdinalIgnoreCase))
            await Task.Delay(TimeSpan.FromSeconds(5), cancellationToken); // long enough to kill the process and watch the recovery
        if (name.Contains("broken", StringComparison.OrdinalIgnoreCase)
            || (name.Contains("flaky", StringComparison.OrdinalIgnoreCase) && context.Attempt < 3))
            throw new InvalidOperationException($"The file name contains a word that makes this sample fail: {name}.");
        return name.Contains("forbidden", StringComparison.OrdinalIgnoreCase)
            ? ProcessingResult.Reject("forbidden", "The application does not accept a file with this name.")
            : ProcessingResult.Accept;
    }
}
