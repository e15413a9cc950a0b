using DirectUpload.Processing;
using Microsoft.Extensions.Options;

namespace ModerationSample;

/// <summary>Lets each upload wait for the decision of a moderator.</summary>
internal sealed class ModerationProcessor(IOptions<ModerationOptions> options, TimeProvider clock) : IUploadProcessor
{
    public const string Name = "moderation";

    public Task<ProcessingResult> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken) =>
        Task.FromResult(ProcessingResult.Pending(clock.GetUtcNow() + options.Value.Deadline));
}
