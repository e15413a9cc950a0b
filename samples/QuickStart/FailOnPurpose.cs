using DirectUpload.Processing;

namespace QuickStart;

/// <summary>Misbehaves when the file's name asks for it, so that you can watch what the worker does about it.</summary>
internal sealed class FailOnPurpose : IUploadProcessor
{
    public async Task<UploadVerdict> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken)
    {
        var name = context.Record.FileName;
        if (name.Contains("slow", StringComparison.OrdinalIgnoreCase))
            await Task.Delay(TimeSpan.FromSeconds(5), cancellationToken); // long enough to kill the process meanwhile
        if (name.Contains("broken", StringComparison.OrdinalIgnoreCase) || (name.Contains("flaky", StringComparison.OrdinalIgnoreCase) && context.Attempt < 3))
            throw new InvalidOperationException($"The file is called {name}.");
        return name.Contains("forbidden", StringComparison.OrdinalIgnoreCase)
            ? UploadVerdict.Reject("forbidden", "A file of this name is not acceptable.")
            : UploadVerdict.Accept;
    }
}
