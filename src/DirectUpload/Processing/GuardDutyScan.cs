namespace DirectUpload.Processing;

/// <summary>Waits for the malware scan that GuardDuty runs of each final object.</summary>
internal sealed class GuardDutyScan(TimeSpan timeout, TimeProvider clock) : IUploadProcessor
{
    public Task<ProcessingResult> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken) =>
        Task.FromResult(ProcessingResult.Pending(clock.GetUtcNow() + timeout));
}
