using DirectUpload.Processing;

namespace DirectUpload.Testing.Host;

/// <summary>Counts the lines of a report, and rejects one without lines.</summary>
internal sealed class LineCount : IUploadProcessor
{
    public async Task<ProcessingResult> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken)
    {
        await using var content = await context.OpenReadAsync(cancellationToken: cancellationToken);
        using var reader = new StreamReader(content);
        var lines = 0;
        while (await reader.ReadLineAsync(cancellationToken) is not null)
            lines++;
        context.SetProperty("lines", $"{lines}");
        return lines > 1 ? ProcessingResult.Accept : ProcessingResult.Reject("one-line", "The report has one line.");
    }
}
