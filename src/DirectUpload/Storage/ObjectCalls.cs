using Amazon.S3;
using Amazon.S3.Model;

namespace DirectUpload.Storage;

/// <summary>Makes the two calls of every confirm: by presigned requests where possible, and otherwise through the SDK.</summary>
/// <remarks>
/// A presigned request takes about half the processor time of the SDK's. What it does not answer as expected is repeated through the SDK,
/// whose retries, clock correction and errors then count. Both calls may be repeated: a copy has a condition.
/// </remarks>
internal sealed class ObjectCalls(IAmazonS3 client, PresignedCalls? presigned, TimeProvider clock)
{
    /// <summary>The largest copy that is made by a presigned request, in bytes. A larger one must not be made twice.</summary>
    public const long MaxPresignedCopySize = 100 * 1024 * 1024;

    // If only the SDK reaches a server, presigned requests are tried again after a pause.
    private const int MaxFailures = 3;

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private int _failures;
    private long _lastFailure;

    public Task<CopyObjectResponse> CopyAsync(string bucket, ConditionalCopy copy, CancellationToken cancellationToken) => CallAsync(
        presigned is null || copy.Size > MaxPresignedCopySize ? null : ending => presigned.CopyAsync(bucket, copy, ending),
        ending => client.CopyObjectAsync(S3RequestFactory.CreateCopy(bucket, copy), ending),
        cancellationToken);

    public Task<GetObjectResponse> GetAsync(GetObjectRequest request, CancellationToken cancellationToken) => CallAsync(
        presigned is null ? null : ending => presigned.GetAsync(request, ending),
        ending => client.GetObjectAsync(request, ending),
        cancellationToken);

    private async Task<T> CallAsync<T>(
        Func<CancellationToken, Task<T?>>? presignedCall, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
        where T : class
    {
        if (presignedCall is null || IsPaused())
            return await call(cancellationToken).ConfigureAwait(false);
        if (await TryAsync(presignedCall, cancellationToken).ConfigureAwait(false) is { } answer)
        {
            Volatile.Write(ref _failures, 0);
            return answer;
        }

        var repeated = await call(cancellationToken).ConfigureAwait(false);
        Volatile.Write(ref _lastFailure, clock.GetTimestamp());
        Interlocked.Increment(ref _failures);
        return repeated;
    }

    private bool IsPaused() =>
        Volatile.Read(ref _failures) >= MaxFailures && clock.GetElapsedTime(Volatile.Read(ref _lastFailure)) < Pause;

    private static async Task<T?> TryAsync<T>(Func<CancellationToken, Task<T?>> presignedCall, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await presignedCall(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not AmazonS3Exception && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
