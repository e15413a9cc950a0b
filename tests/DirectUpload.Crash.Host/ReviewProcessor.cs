using DirectUpload.Processing;

namespace DirectUpload.Crash.Host;

/// <summary>A processor that leaves its decision to a reviewer, who has 15 seconds.</summary>
internal sealed class ReviewProcessor(FaultPoints points, TimeProvider clock) : IUploadProcessor
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(15);

    public Task<ProcessingResult> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken)
    {
        points.Pass("review");
        return Task.FromResult(ProcessingResult.Pending(clock.GetUtcNow() + Wait));
    }
}

/// <summary>What the reviewer, who is the test, must know.</summary>
public static class Review
{
    public const string Processor = "review";
    public const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
}
