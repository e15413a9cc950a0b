using DirectUpload.Processing;

namespace QuickStart;

/// <summary>Counts the lines of text files.</summary>
internal sealed class LineCountProcessor : IUploadProcessor
{
    public async Task<ProcessingResult> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken)
    {
        if (!context.Upload.ContentType.StartsWith("text/", StringComparison.Ordinal))
            return ProcessingResult.Accept;

        using var text = new StreamReader(await context.OpenReadAsync(cancellationToken));
        var lines = 0;
        while (await text.ReadLineAsync(cancellationToken) is not null)
            lines++;
        context.SetProperty("lines", $"{lines}");
        return ProcessingResult.Accept;
    }
}
