using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace DirectUpload.Storage;

/// <summary>Copies in one request, pinned to the source's ETag and version.</summary>
internal sealed class WholeCopies(string bucket, IAmazonS3 client, StorageCalls calls, CopySources sources)
{
    public async Task<bool> TryCopyAsync(PinnedCopy copy, CancellationToken cancellationToken)
    {
        try
        {
            await CopyAsync(copy, isConditional: true, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (AmazonS3Exception refused) when (CopySources.MayBeGone(refused))
        {
            if (await sources.FindVerifiedAsync(copy, cancellationToken).ConfigureAwait(false) is not { } before)
                return false;
            if (refused.StatusCode != HttpStatusCode.PreconditionFailed)
                throw new StorageUnavailableException($"Storage answered CopyObject on bucket {bucket} with {refused.ErrorCode}, and yet has the source.", refused);
            return await TryCopyUnconditionallyAsync(copy, before, cancellationToken).ConfigureAwait(false);
        }
    }

    // The condition is held to by looking before and after: the source was not written in between.
    private async Task<bool> TryCopyUnconditionallyAsync(PinnedCopy copy, SourceState before, CancellationToken cancellationToken)
    {
        try
        {
            await CopyAsync(copy, isConditional: false, cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonS3Exception gone) when (CopySources.MayBeGone(gone))
        {
            return false;
        }

        var made = await sources.FindAsync(copy.DestinationKey, null, cancellationToken).ConfigureAwait(false);
        if (made?.Size == before.Size && await sources.FindVerifiedAsync(copy, cancellationToken).ConfigureAwait(false) == before)
            return true;
        await calls.RunAsync("DeleteObject", copy.DestinationKey, token => client.DeleteObjectAsync(bucket, copy.DestinationKey, token), cancellationToken).ConfigureAwait(false);
        return false;
    }

    private Task<CopyObjectResponse> CopyAsync(PinnedCopy copy, bool isConditional, CancellationToken cancellationToken)
    {
        var request = CopyRequests.Whole(bucket, copy);
        if (!isConditional)
            request.ETagToMatch = null;
        return calls.RunAsync(
            "CopyObject", copy.DestinationKey, token => client.CopyObjectAsync(request, token), cancellationToken, CopySources.MayBeGone, copy.Size);
    }
}
