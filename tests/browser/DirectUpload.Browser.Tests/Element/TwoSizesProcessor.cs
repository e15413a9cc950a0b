using System.Globalization;
using DirectUpload.Processing;

namespace DirectUpload.Browser.Tests.Element;

/// <summary>Stores two variants of a picture, and waits before the second one until a test lets it go on.</summary>
internal sealed class TwoSizesProcessor(TwoSizesProcessor.Gate gate) : IUploadProcessor
{
    public const string Small = "small";

    public async Task<ProcessingResult> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken)
    {
        context.ReportProgress("sizes 1 of 2");
        await PutAsync(context, Small, 88, cancellationToken);
        await gate.Opened.Task.WaitAsync(cancellationToken);
        context.ReportProgress("sizes 2 of 2");
        await PutAsync(context, "large", 1600, cancellationToken);
        return ProcessingResult.Accept;
    }

    private static async Task PutAsync(UploadProcessingContext context, string name, int width, CancellationToken cancellationToken)
    {
        await using var content = await context.OpenReadAsync(cancellationToken: cancellationToken);
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy, cancellationToken);
        copy.Position = 0;
        await context.PutVariantAsync(name, "image/png", copy, cancellationToken);
        context.SetProperty($"{name}.width", width.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>What the processor waits for.</summary>
    internal sealed class Gate
    {
        public TaskCompletionSource Opened { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
