using DirectUpload.Processing;

namespace DirectUpload.Tests.Fixtures;

/// <summary>A processor that does what the test says, which registers the deed as a service.</summary>
internal sealed class DelegateProcessor(Func<UploadProcessingContext, CancellationToken, Task<ProcessingResult>> deed) : IUploadProcessor
{
    public Task<ProcessingResult> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken) =>
        deed(context, cancellationToken);
}
