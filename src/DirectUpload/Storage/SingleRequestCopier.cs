using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace DirectUpload.Storage;

/// <summary>Copies an object in one request, on the condition of the source's ETag and version.</summary>
internal sealed class SingleRequestCopier(string bucket, IAmazonS3 client, StorageCallExecutor calls, CopySourceReader sources)
{
    public async Task<bool> TryCopyAsync(ConditionalCopy copy, CancellationToken cancellationToken)
    {
        try
        {
            await CopyAsync(copy, isConditional: true, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (AmazonS3Exception refused) when (CopySourceReader.IndicatesChangedSource(refused))
        {
            if (await sources.FindVerifiedAsync(copy, cancellationToken).ConfigureAwait(false) is not { } before)
                return false;
            if (refused.StatusCode != HttpStatusCode.PreconditionFailed)
                throw new StorageUnavailableException($"Storage answered CopyObject on bucket {bucket} with {refused.ErrorCode}, but "
                    + "the source object exists.", refused);
            return await TryCopyUnconditionallyAsync(copy, before, cancellationToken).ConfigureAwait(false);
        }
    }

    // Without the condition, the source is compared before and after the copy, which shows that it was not written in between.
    private async Task<bool> TryCopyUnconditionallyAsync(ConditionalCopy copy, SourceState before, CancellationToken cancellationToken)
    {
        try
        {
            await CopyAsync(copy, isConditional: false, cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonS3Exception missing) when (CopySourceReader.IndicatesChangedSource(missing))
        {
            return false;
        }

        var copied = await sources.FindAsync(copy.DestinationKey, null, cancellationToken).ConfigureAwait(false);
        if (copied?.Size == before.Size && await sources.FindVerifiedAsync(copy, cancellationToken).ConfigureAwait(false) == before)
            return true;
        await calls.RunAsync("DeleteObject", copy.DestinationKey, token =>
            client.DeleteObjectAsync(bucket, copy.DestinationKey, token), cancellationToken).ConfigureAwait(false);
        return false;
    }

    private Task<CopyObjectResponse> CopyAsync(ConditionalCopy copy, bool isConditional, CancellationToken cancellationToken)
    {
        var request = S3RequestFactory.CreateCopy(bucket, copy);
        if (!isConditional)
            request.ETagToMatch = null;
        return calls.RunAsync(
            "CopyObject", copy.DestinationKey, token => client.CopyObjectAsync(request, token), cancellationToken,
            CopySourceReader.IndicatesChangedSource, copy.Size);
    }
}
