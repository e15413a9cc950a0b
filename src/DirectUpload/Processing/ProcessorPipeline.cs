using DirectUpload.Diagnostics;
using DirectUpload.Profiles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Processing;

/// <summary>
/// Runs a profile's processors on one final object, in their order, until one rejects, leaves its decision to a later call, throws, or
/// exceeds its timeout.
/// </summary>
internal sealed class ProcessorPipeline(
    IServiceScopeFactory scopes, TimeSpan standardTimeout, long maxTemporaryFileSize, TimeProvider clock,
    ILogger<ProcessorPipeline> logger)
{
    /// <summary>The time that a canceled processor has to return before it is abandoned.</summary>
    private static readonly TimeSpan CancellationGracePeriod = TimeSpan.FromSeconds(10);

    /// <summary>Runs the processors without a decision. Their properties and variants are in the context afterwards.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="context">The context of the attempt, in which processors may have run before.</param>
    /// <param name="decisions">The decisions of the record.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <returns>The outcome: no error, a rejection, the awaited decision, or the exception of a processor.</returns>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public async Task<ProcessorPipelineResult> RunAsync(
        UploadProfile profile, UploadProcessingContext context, IReadOnlyList<UploadDecision> decisions,
        CancellationToken cancellationToken)
    {
        foreach (var registration in profile.GetProcessors())
        {
            if (decisions.FirstOrDefault(given => given.Processor == registration.Name) is { Rejection: { } given })
                return new ProcessorPipelineResult(given, null, null);
            if (context.HasAccepted(registration.Name) || decisions.Any(given => given.Processor == registration.Name))
                continue;
            var timeout = registration.Options.Timeout ?? standardTimeout;
            cancellationToken.ThrowIfCancellationRequested();
            using var timeLimit = new CancellationTokenSource(timeout, clock);
            using var gracePeriod = new CancellationTokenSource(timeout + CancellationGracePeriod, clock);
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeLimit.Token);
            try
            {
                // A processor that ignores cancellation is abandoned, so that the lease can end and another attempt can start.
                var result = await RunAsync(registration, context, linked.Token).WaitAsync(gracePeriod.Token).ConfigureAwait(false);
                if (result.Rejection is { } rejection)
                    return new ProcessorPipelineResult(rejection, null, null);
                if (result.PendingUntil is { } until)
                    return new ProcessorPipelineResult(null, null, null) { Awaited = new UploadDecision(registration.Name, until) };
                context.Accept(registration.Name);
            }
            catch (Exception timedOut) when (timeLimit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                logger.ProcessorTimedOut(registration.Name, context.Record.Id, timeout);
                var option = registration.Options.Timeout is null ? nameof(DirectUploadOptions.ProcessingTimeout) : "its Timeout";
                var error = new TimeoutException($"The processor did not return within {timeout:g} ({option}).", timedOut);
                return new ProcessorPipelineResult(null, registration.Name, error);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                return new ProcessorPipelineResult(null, registration.Name, exception);
            }
        }

        return default;
    }

    private async Task<ProcessingResult> RunAsync(
        ProcessorRegistration registration, UploadProcessingContext context, CancellationToken cancellationToken)
    {
        if (registration.Options.ReadsWholeFile)
            await context.FetchAsync(maxTemporaryFileSize, cancellationToken).ConfigureAwait(false);
        var scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            var processor = (IUploadProcessor)registration.Create(scope.ServiceProvider);
            return await processor.ProcessAsync(context, cancellationToken).ConfigureAwait(false);
        }
    }
}

/// <summary>
/// The outcome of a run: success when all values are null, else the rejection, the awaited decision, or the processor that threw and its
/// exception.
/// </summary>
internal readonly record struct ProcessorPipelineResult(UploadError? Rejection, string? ProcessorName, Exception? Error)
{
    /// <summary>Gets the decision that the upload must wait for.</summary>
    public UploadDecision? Awaited { get; init; }
}
