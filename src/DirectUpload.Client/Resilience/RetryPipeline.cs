using Polly;
using Polly.Retry;

namespace DirectUpload.Client.Resilience;

/// <summary>Retries transient failures, with exponential delays and jitter or after the delay that the server requested.</summary>
internal sealed class RetryPipeline(DirectUploadClientOptions options, TimeProvider clock)
{
    private readonly ResiliencePipeline _pipeline = Build(options, clock);

    /// <exception cref="DirectUploadException"><see cref="FileUploadErrorCodes.Interrupted"/>: every retry failed.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> attempt, CancellationToken cancellationToken)
    {
        try
        {
            return await _pipeline.ExecuteAsync(
                static async (work, stop) => await work(stop).ConfigureAwait(false), attempt, cancellationToken).ConfigureAwait(false);
        }
        catch (TransientFailureException last)
        {
            throw last.ToException();
        }
    }

    private static ResiliencePipeline Build(DirectUploadClientOptions options, TimeProvider clock)
    {
        var builder = new ResiliencePipelineBuilder { TimeProvider = clock };
        if (options.MaxRetries == 0)
            return builder.Build();
        return builder.AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<TransientFailureException>(),
            MaxRetryAttempts = options.MaxRetries,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = options.RetryDelay,
            MaxDelay = options.MaxRetryDelay,
            DelayGenerator = static retry => new((retry.Outcome.Exception as TransientFailureException)?.RetryAfter),
        }).Build();
    }
}
