using System.Net;
using Amazon.S3;

namespace DirectUpload.Storage;

/// <summary>Finds out, with the first copy in a bucket, whether a copy can be verified in place of its source.</summary>
/// <remarks>
/// The copy is copied onto itself on the condition that it does not exist, which Amazon S3 refuses. A server that ignores the condition
/// (Ceph RGW 16) writes the same object again, so no other object is needed, and a crash leaves nothing behind.
/// </remarks>
internal sealed class CopyCapability(string bucket, IAmazonS3 client, StorageCallExecutor calls, ObjectReader objects)
{
    private volatile CopyVerification _state;
    private int _isTesting;

    /// <summary>Whether a copy can be verified in place of its source; false until a test has shown it.</summary>
    public bool VerifiesCopies => _state == CopyVerification.Possible;

    /// <summary>Tests the server with a copy that is not large, unless a test has ended or is running.</summary>
    /// <remarks>A test that proves nothing is repeated with the next copy.</remarks>
    public async Task TestAsync(ConditionalCopy copy, CopiedObject copied, CancellationToken cancellationToken)
    {
        // A server that ignores the condition copies all bytes again.
        if (copy.Size > ObjectCalls.MaxPresignedCopySize || _state != CopyVerification.Unknown
            || Interlocked.Exchange(ref _isTesting, 1) == 1)
            return;
        try
        {
            var stored = await objects.HeadAsync(copy.DestinationKey, cancellationToken).ConfigureAwait(false);
            if (stored?.ETag != copied.ETag || stored.Checksum != copied.Checksum)
                _state = CopyVerification.Impossible;
            else if (await IsReplacementRefusedAsync(copy, cancellationToken).ConfigureAwait(false))
                _state = CopyVerification.Possible;
            else
                await RestoreAsync(copy.DestinationKey, stored.VersionId, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception inconclusive) when (inconclusive is StorageUnavailableException or StorageRefusedException)
        {
            // The copy exists; nothing depends on the test.
        }
        finally
        {
            Volatile.Write(ref _isTesting, 0);
        }
    }

    private async Task<bool> IsReplacementRefusedAsync(ConditionalCopy copy, CancellationToken cancellationToken)
    {
        var request = S3RequestFactory.CreateCopy(
            bucket, copy with { SourceKey = copy.DestinationKey, SourceETag = null, SourceVersionId = null });
        try
        {
            await calls.RunAsync(
                "CopyObject", copy.DestinationKey, token => client.CopyObjectAsync(request, token), cancellationToken,
                static answer => (int)answer.StatusCode is >= 400 and < 500 || answer.StatusCode == HttpStatusCode.NotImplemented,
                copy.Size).ConfigureAwait(false);
            return false;
        }
        catch (AmazonS3Exception refused)
        {
            return refused.StatusCode == HttpStatusCode.PreconditionFailed;
        }
    }

    // In a versioned bucket, the same object may have a second version now.
    private async Task RestoreAsync(string key, string? versionId, CancellationToken cancellationToken)
    {
        _state = CopyVerification.Impossible;
        if (versionId is not null
            && await objects.HeadAsync(key, cancellationToken).ConfigureAwait(false) is { VersionId: { } second } && second != versionId)
        {
            await calls.RunAsync(
                "DeleteObject", key, token => client.DeleteObjectAsync(bucket, key, second, token),
                cancellationToken).ConfigureAwait(false);
        }
    }

    private enum CopyVerification
    {
        Unknown,
        Possible,
        Impossible,
    }
}
