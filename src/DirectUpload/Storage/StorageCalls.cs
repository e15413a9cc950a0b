using Amazon.S3;

namespace DirectUpload.Storage;

/// <summary>
/// Every call to a bucket goes through here: each has a limit of its own, which holds also where a client ignores cancellation, and whatever fails leaves as <see cref="StorageUnavailableException"/> or
/// <see cref="StorageRefusedException"/>. Limits are in real time, for the network is.
/// </summary>
internal sealed class StorageCalls(string bucket, StorageLimits limits, StorageRefusals? refusals)
{
    /// <summary>Makes a call.</summary>
    /// <param name="operation">S3's name of it.</param>
    /// <param name="key">The object's key, or a prefix.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="expected">Answers that the caller handles itself: they leave as the SDK's exception.</param>
    /// <param name="bytes">How many bytes storage has to move for it.</param>
    public Task<T> RunAsync<T>(
        string operation, string? key, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken, Func<AmazonS3Exception, bool>? expected = null, long bytes = 0) =>
        RunAsync(new StorageCall(bucket, operation, key, bytes), (token, _) => call(token), cancellationToken, expected);

    /// <summary>Makes a call that reports its progress: the limit counts from the last.</summary>
    public async Task<T> RunAsync<T>(
        StorageCall what, Func<CancellationToken, Action, Task<T>> call, CancellationToken cancellationToken, Func<AmazonS3Exception, bool>? expected = null)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var limit = limits.For(what);
        using var patience = new CancellationTokenSource(limit, TimeProvider.System);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            var calling = call(ending.Token, () => TryExtend(patience, limit));
            var answer = await FirstAsync(calling, ending.Token).ConfigureAwait(false);
            refusals?.Succeeded(what);
            return answer;
        }
        catch (AmazonS3Exception answer) when (expected?.Invoke(answer) == true)
        {
            throw;
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception late) when (patience.IsCancellationRequested)
        {
            throw new StorageUnavailableException($"Storage did not answer {what.Operation} on bucket {bucket} within {limit:g}.", late);
        }
        catch (Exception failure)
        {
            throw Translated(what, failure);
        }
    }

    /// <summary>The exception that reports a failure; a refusal is noted.</summary>
    public Exception Translated(StorageCall what, Exception failure)
    {
        var translated = StorageFailures.Translate(what, failure);
        if (translated is StorageRefusedException refusal)
            refusals?.Refused(refusal);
        return translated;
    }

    private static async Task<T> FirstAsync<T>(Task<T> calling, CancellationToken ending)
    {
        try
        {
            return await calling.WaitAsync(ending).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!calling.IsCompleted)
        {
            // A client that ignores cancellation is left behind; what it brings later is thrown away.
            _ = calling.ContinueWith(
                static late =>
                {
                    if (late.IsCompletedSuccessfully)
                        (late.Result as IDisposable)?.Dispose();
                    else
                        _ = late.Exception;
                },
                CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            throw;
        }
    }

    private static void TryExtend(CancellationTokenSource patience, TimeSpan limit)
    {
        try
        {
            patience.CancelAfter(limit);
        }
        catch (ObjectDisposedException)
        {
            // By a call that was left behind.
        }
    }
}
