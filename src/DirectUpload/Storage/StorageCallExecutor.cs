using Amazon.S3;

namespace DirectUpload.Storage;

/// <summary>Makes every call to a bucket, with a timeout, and translates failures.</summary>
/// <remarks>
/// A failure becomes a <see cref="StorageUnavailableException"/> or a <see cref="StorageRefusedException"/>. The timeout applies even if
/// the S3 client ignores cancellation. Timeouts use the system clock, because the network does.
/// </remarks>
internal sealed class StorageCallExecutor(string bucket, StorageTimeouts timeouts, StorageRefusalTracker? refusals)
{
    /// <summary>Makes a call.</summary>
    /// <param name="operation">The S3 name of the operation.</param>
    /// <param name="key">The object's key, or a prefix.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <param name="expected">Selects the error responses that the caller handles; they are thrown as the SDK's exception.</param>
    /// <param name="bytes">The number of bytes that storage copies or assembles for the call.</param>
    public Task<T> RunAsync<T>(
        string operation, string? key, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken,
        Func<AmazonS3Exception, bool>? expected = null, long bytes = 0) =>
        RunAsync(new StorageCall(bucket, operation, key, bytes), (token, _) => call(token), cancellationToken, expected);

    /// <summary>Makes a call that reports its progress; each report restarts the timeout.</summary>
    public async Task<T> RunAsync<T>(
        StorageCall what, Func<CancellationToken, Action, Task<T>> call, CancellationToken cancellationToken,
        Func<AmazonS3Exception, bool>? expected = null)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var timeout = timeouts.GetTimeout(what);
        using var timeLimit = new CancellationTokenSource(timeout, TimeProvider.System);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeLimit.Token);
        try
        {
            var pending = call(linked.Token, () => TryRestartTimeout(timeLimit, timeout));
            var answer = await WaitAsync(pending, linked.Token).ConfigureAwait(false);
            refusals?.ReportSuccess(what);
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
        catch (Exception late) when (timeLimit.IsCancellationRequested)
        {
            throw new StorageUnavailableException($"Storage did not answer {what.Operation} on bucket {bucket} within {timeout:g}.", late);
        }
        catch (Exception failure)
        {
            throw Translate(what, failure);
        }
    }

    /// <summary>Creates the exception that reports a failure, and records a refusal.</summary>
    public Exception Translate(StorageCall what, Exception failure)
    {
        var translated = StorageErrorTranslator.Translate(what, failure);
        if (translated is StorageRefusedException refusal)
            refusals?.ReportRefusal(refusal);
        return translated;
    }

    private static async Task<T> WaitAsync<T>(Task<T> pending, CancellationToken linked)
    {
        try
        {
            return await pending.WaitAsync(linked).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!pending.IsCompleted)
        {
            // A call that ignores cancellation is abandoned, and its later result is disposed.
            _ = pending.ContinueWith(
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

    private static void TryRestartTimeout(CancellationTokenSource timeLimit, TimeSpan timeout)
    {
        try
        {
            timeLimit.CancelAfter(timeout);
        }
        catch (ObjectDisposedException)
        {
            // An abandoned call reported progress after its timeout was disposed.
        }
    }
}
