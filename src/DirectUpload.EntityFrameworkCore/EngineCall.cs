using DirectUpload.Records;

namespace DirectUpload.EntityFrameworkCore;

/// <summary>Runs one verb within a time limit, and translates what the engine throws when it is unavailable.</summary>
internal static class EngineCall
{
    /// <summary>How long one command may wait for a lock or an answer. A provider that does not respect cancellation (SQLite) respects this.</summary>
    public static readonly TimeSpan CommandLimit = TimeSpan.FromSeconds(10);

    /// <summary>How long a verb may take in all.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    // For a driver that does not respect cancellation either: the call is left behind, and ends by itself.
    private static readonly TimeSpan LastResort = TimeSpan.FromSeconds(20);

    /// <exception cref="RecordStoreUnavailableException">The engine is unavailable, or did not answer in time.</exception>
    public static async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await call(ending.Token).WaitAsync(LastResort, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested && limit.IsCancellationRequested && fault is OperationCanceledException)
        {
            throw new RecordStoreUnavailableException($"The database did not answer within {Limit.TotalSeconds:0} seconds.", fault);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested && fault is not (RecordStoreUnavailableException or UnreadableRecordException) && EngineFaults.IsUnavailable(fault))
        {
            throw new RecordStoreUnavailableException($"The database is unavailable: {fault.GetBaseException().Message}", fault);
        }
    }
}
