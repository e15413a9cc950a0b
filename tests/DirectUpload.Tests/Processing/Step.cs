using DirectUpload.Processing;

namespace DirectUpload.Tests.Processing;

/// <summary>A processor that does what the test says, which registers the deed as a service.</summary>
internal sealed class Step(Func<UploadProcessingContext, CancellationToken, Task<UploadVerdict>> deed) : IUploadProcessor
{
    public Task<UploadVerdict> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken) => deed(context, cancellationToken);
}
