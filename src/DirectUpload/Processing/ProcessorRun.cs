using DirectUpload.Profiles;
using DirectUpload.Uploads;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Processing;

/// <summary>Runs a profile's processors over one frozen upload, in their order, until one rejects or throws.</summary>
internal sealed class ProcessorRun(IServiceScopeFactory scopes)
{
    /// <summary>How it ended; what the steps found and made is in the context.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled meanwhile.</exception>
    public async Task<ProcessorOutcome> RunAsync(UploadProfile profile, UploadProcessingContext context, CancellationToken cancellationToken)
    {
        foreach (var step in profile.Processors())
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                var scope = scopes.CreateAsyncScope();
                await using (scope.ConfigureAwait(false))
                {
                    var processor = (IUploadProcessor)step.Create(scope.ServiceProvider);
                    var verdict = await processor.ProcessAsync(context, cancellationToken).ConfigureAwait(false);
                    if (verdict.Failure is { } rejection)
                        return new ProcessorOutcome(rejection, null, null);
                }
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
            {
                return new ProcessorOutcome(null, step.Name, fault);
            }
        }

        return default;
    }
}

/// <summary>How a run ended: well, with a rejection, or with a step that threw.</summary>
internal readonly record struct ProcessorOutcome(UploadFailure? Rejection, string? Step, Exception? Fault);
