namespace DirectUpload.Stores;

/// <summary>
/// Runs calls to the engine of a record store within a time limit, and translates the exceptions of an unavailable engine. Store packages
/// share this file.
/// </summary>
/// <param name="engine">The engine, as the subject of a sentence.</param>
/// <param name="timeout">The time limit of one call, after which it is canceled.</param>
/// <param name="abandonTimeout">The time after which a call that ignores its cancellation is abandoned; it ends by itself.</param>
/// <param name="explain">Returns the message of an exception that means that the engine is unavailable; null for any other.</param>
internal sealed class StoreCall(string engine, TimeSpan timeout, TimeSpan abandonTimeout, Func<Exception, string?> explain)
{
    /// <exception cref="RecordStoreUnavailableException">The engine is unavailable or did not respond in time.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var limit = new CancellationTokenSource(timeout, TimeProvider.System);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await call(ending.Token).WaitAsync(abandonTimeout, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException fault) when (!cancellationToken.IsCancellationRequested && limit.IsCancellationRequested)
        {
            throw new RecordStoreUnavailableException($"{engine} did not respond within {timeout.TotalSeconds:0} seconds.", fault);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested && Explain(fault) is not null)
        {
            throw new RecordStoreUnavailableException($"{engine} is unavailable: {Explain(fault)}", fault);
        }
    }

    private string? Explain(Exception fault) =>
        fault is RecordStoreUnavailableException or UnreadableRecordException ? null : explain(fault);
}
