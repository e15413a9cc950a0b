using DirectUpload.Diagnostics;
using DirectUpload.Profiles;
using DirectUpload.Uploads;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Processing;

/// <summary>Runs a profile's processors over one frozen upload, in their order, until one rejects, throws, or takes too long.</summary>
internal sealed class ProcessorRun(IServiceScopeFactory scopes, ProcessingLimits limits, TimeProvider clock, ILogger<ProcessorRun> logger)
{
    /// <summary>For how long a processor that was canceled may still end by itself.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    /// <summary>How it ended; what the steps found and made is in the context.</summary>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public async Task<ProcessorOutcome> RunAsync(UploadProfile profile, UploadProcessingContext context, CancellationToken cancellationToken)
    {
        foreach (var step in profile.Processors())
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var patience = new CancellationTokenSource(limits.Timeout, clock);
            using var abandoning = new CancellationTokenSource(limits.Timeout + Grace, clock);
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
            try
            {
                // One that ignores cancellation is left behind, so that its lease can end and another attempt begin.
                var verdict = await RunAsync(step, context, ending.Token).WaitAsync(abandoning.Token).ConfigureAwait(false);
                if (verdict.Failure is { } rejection)
                    return new ProcessorOutcome(rejection, null, null);
            }
            catch (Exception late) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                logger.StepTimedOut(step.Name, context.Record.Id, limits.Timeout);
                return new ProcessorOutcome(null, step.Name, new TimeoutException($"The step did not end within {limits.Timeout:g} (ProcessingTimeout).", late));
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
            {
                return new ProcessorOutcome(null, step.Name, fault);
            }
        }

        return default;
    }

    private async Task<UploadVerdict> RunAsync(ProcessorStep step, UploadProcessingContext context, CancellationToken cancellationToken)
    {
        var scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            var processor = (IUploadProcessor)step.Create(scope.ServiceProvider);
            return await processor.ProcessAsync(context, cancellationToken).ConfigureAwait(false);
        }
    }
}

/// <summary>How a run ended: well, with a rejection, or with a step that threw.</summary>
internal readonly record struct ProcessorOutcome(UploadFailure? Rejection, string? Step, Exception? Fault);
