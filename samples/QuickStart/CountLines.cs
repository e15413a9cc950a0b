using DirectUpload.Processing;

namespace QuickStart;

/// <summary>Counts the lines of texts.</summary>
internal sealed class CountLines : IUploadProcessor
{
    public async Task<UploadVerdict> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken)
    {
        if (!context.Record.ContentType.StartsWith("text/", StringComparison.Ordinal))
            return UploadVerdict.Accept;

        using var text = new StreamReader(await context.OpenReadAsync(cancellationToken));
        var lines = 0;
        while (await text.ReadLineAsync(cancellationToken) is not null)
            lines++;
        context.Find("lines", $"{lines}");
        return UploadVerdict.Accept;
    }
}
