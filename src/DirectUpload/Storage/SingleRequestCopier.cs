using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace DirectUpload.Storage;

/// <summary>Copies an object in one request, on the condition of the source's ETag and version, or that the copy is new.</summary>
internal sealed class SingleRequestCopier(
    string bucket, IAmazonS3 client, StorageCallExecutor calls, CopySourceReader sources, ObjectReader objects, ObjectCalls objectCalls)
{
    private readonly CopyCapability _capability = new(bucket, client, calls, objects);

    /// <summary>Whether a copy can be verified in place of its source; false until the first copy has shown it.</summary>
    public bool VerifiesCopies => _capability.VerifiesCopies;

    /// <summary>Copies the object.</summary>
    /// <returns>The copy; null when the source is no longer the object that was verified, or does not exist.</returns>
    public Task<CopiedObject?> TryCopyAsync(ConditionalCopy copy, CancellationToken cancellationToken) => copy.SourceETag is null
        ? TryCopyToNewKeyAsync(copy, cancellationToken)
        : TryCopyVerifiedAsync(copy, cancellationToken);

    private async Task<CopiedObject?> TryCopyToNewKeyAsync(ConditionalCopy copy, CancellationToken cancellationToken)
    {
        try
        {
            return Read(await CopyAsync(copy, isConditional: true, cancellationToken).ConfigureAwait(false));
        }
        catch (AmazonS3Exception missing) when (missing.ErrorCode == "NoSuchKey")
        {
            return null;
        }
        catch (AmazonS3Exception exists) when (exists.StatusCode == HttpStatusCode.PreconditionFailed)
        {
            // The SDK repeated a request whose response was lost. Only one attempt writes to the key, so the object is its copy.
            return await objects.HeadAsync(copy.DestinationKey, cancellationToken).ConfigureAwait(false) is { } copied
                ? new CopiedObject
                {
                    ETag = copied.ETag,
                    ETagIsContentHash = copied.ETagIsContentHash,
                    VersionId = copied.VersionId,
                    Checksum = copied.Checksum,
                }
                : throw new StorageUnavailableException(
                    $"Storage refused CopyObject on bucket {bucket} because the copy exists, but it does not.", exists);
        }
    }

    private async Task<CopiedObject?> TryCopyVerifiedAsync(ConditionalCopy copy, CancellationToken cancellationToken)
    {
        try
        {
            var copied = Read(await CopyAsync(copy, isConditional: true, cancellationToken).ConfigureAwait(false));
            await _capability.TestAsync(copy, copied, cancellationToken).ConfigureAwait(false);
            return copied;
        }
        catch (AmazonS3Exception refused) when (CopySourceReader.IndicatesChangedSource(refused))
        {
            if (await sources.FindVerifiedAsync(copy, cancellationToken).ConfigureAwait(false) is not { } before)
                return null;
            if (refused.StatusCode != HttpStatusCode.PreconditionFailed)
                throw new StorageUnavailableException($"Storage answered CopyObject on bucket {bucket} with {refused.ErrorCode}, but "
                    + "the source object exists.", refused);
            return await TryCopyUnconditionallyAsync(copy, before, cancellationToken).ConfigureAwait(false);
        }
    }

    // Without the condition, the source is compared before and after the copy, which shows that it was not written in between.
    private async Task<CopiedObject?> TryCopyUnconditionallyAsync(
        ConditionalCopy copy, SourceState before, CancellationToken cancellationToken)
    {
        CopyObjectResponse answer;
        try
        {
            answer = await CopyAsync(copy, isConditional: false, cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonS3Exception missing) when (CopySourceReader.IndicatesChangedSource(missing))
        {
            return null;
        }

        var copied = await sources.FindAsync(copy.DestinationKey, null, cancellationToken).ConfigureAwait(false);
        if (copied?.Size == before.Size && await sources.FindVerifiedAsync(copy, cancellationToken).ConfigureAwait(false) == before)
            return Read(answer);
        await calls.RunAsync("DeleteObject", copy.DestinationKey, token =>
            client.DeleteObjectAsync(bucket, copy.DestinationKey, token), cancellationToken).ConfigureAwait(false);
        return null;
    }

    private Task<CopyObjectResponse> CopyAsync(ConditionalCopy copy, bool isConditional, CancellationToken cancellationToken)
    {
        return calls.RunAsync<CopyObjectResponse>(
            "CopyObject", copy.DestinationKey, isConditional ? token => objectCalls.CopyAsync(bucket, copy, token) : CopyUnconditionally,
            cancellationToken, CopySourceReader.IndicatesChangedSource, copy.Size);

        Task<CopyObjectResponse> CopyUnconditionally(CancellationToken ending)
        {
            var request = S3RequestFactory.CreateCopy(bucket, copy);
            request.ETagToMatch = null;
            return client.CopyObjectAsync(request, ending);
        }
    }

    private static CopiedObject Read(CopyObjectResponse answer)
    {
        var eTag = ETags.Quote(answer.ETag);
        return new CopiedObject
        {
            ETag = eTag,
            ETagIsContentHash = ETags.IsContentHash(eTag, answer.ServerSideEncryptionMethod?.Value),
            VersionId = answer.VersionId is null or "null" ? null : answer.VersionId,
            Checksum = ReportedChecksum.Read(answer),
        };
    }
}
