using DirectUpload.Processing;

namespace DirectUpload.Crash.Host;

/// <summary>A processor that makes a derivative, writes a finding, and throws at its first attempt where the file's name says so.</summary>
internal sealed class UpperCaseProcessor(FaultPoints points) : IUploadProcessor
{
    public async Task<ProcessingResult> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken)
    {
        points.Pass("processor, before");
        await using var content = await context.OpenReadAsync(cancellationToken);
        using var reader = new StreamReader(content);
        var text = await reader.ReadToEndAsync(cancellationToken);
        if (text.Contains("forbidden", StringComparison.Ordinal))
            return ProcessingResult.Reject("forbidden", "The text holds a forbidden word.");
        using var shouted = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text.ToUpperInvariant()));
        await context.PutVariantAsync("shouted.txt", "text/plain", shouted, cancellationToken);
        context.SetProperty("length", $"{text.Length}");
        points.Pass("processor, after");
        return text.Contains("flaky", StringComparison.Ordinal) && context.Upload.FailedAttempts == 1
            ? throw new InvalidOperationException("The first attempt always fails.")
            : ProcessingResult.Accept;
    }
}
