using Polly;
using Polly.Retry;

namespace DirectUpload.Client;

/// <summary>Tries again what failed in passing: with growing pauses and jitter, or when the other side wants it.</summary>
internal sealed class Retries(DirectUploadClientOptions options, TimeProvider clock)
{
    private readonly ResiliencePipeline _pipeline = Build(options, clock);

    /// <exception cref="DirectUploadException"><see cref="UploadErrorCodes.Interrupted"/> when trying again has not helped.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> attempt, CancellationToken cancellationToken)
    {
        try
        {
            return await _pipeline.ExecuteAsync(
                static async (work, stop) => await work(stop).ConfigureAwait(false), attempt, cancellationToken).ConfigureAwait(false);
        }
        catch (TransientFault last)
        {
            throw last.GiveUp();
        }
    }

    private static ResiliencePipeline Build(DirectUploadClientOptions options, TimeProvider clock)
    {
        var builder = new ResiliencePipelineBuilder { TimeProvider = clock };
        if (options.MaxRetries == 0)
            return builder.Build();
        return builder.AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<TransientFault>(),
            MaxRetryAttempts = options.MaxRetries,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = options.RetryDelay,
            MaxDelay = options.MaxRetryDelay,
            DelayGenerator = static retry => new((retry.Outcome.Exception as TransientFault)?.RetryAfter),
        }).Build();
    }
}
