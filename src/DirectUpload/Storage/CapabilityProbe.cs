using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace DirectUpload.Storage;

/// <summary>Implements the probes of <see cref="IServerCapabilities"/>.</summary>
internal sealed class CapabilityProbe(
    string bucket, IAmazonS3 client, StorageCallExecutor calls, MultipartUploads multiparts, ObjectVersions versions)
{
    private static readonly byte[] Content = "DirectUpload tests the server with this object; it may be deleted."u8.ToArray();

    public async Task<bool> ProtectsInPlacePartsAsync(string key, CancellationToken cancellationToken)
    {
        var id = await multiparts.CreateAsync(
            key, "text/plain", new DirectUpload.ObjectSettings(), partChecksums: false, cancellationToken).ConfigureAwait(false);
        try
        {
            var eTag = await SendPartAsync(key, id, cancellationToken).ConfigureAwait(false);
            if (eTag is null || !await TryCompleteAsync(key, id, eTag, cancellationToken).ConfigureAwait(false))
                return false;
            return await SendPartAsync(key, id, cancellationToken).ConfigureAwait(false) is null;
        }
        finally
        {
            await TryCleanUpAsync(
                () => multiparts.AbortAsync(new IncompleteMultipartUpload(key, id, default), CancellationToken.None)).ConfigureAwait(false);
            await TryCleanUpAsync(() => versions.DeleteAsync(key, CancellationToken.None)).ConfigureAwait(false);
        }
    }

    public async Task<bool> HonorsConditionalWritesAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            return await PutIfNewAsync(key, cancellationToken).ConfigureAwait(false) == ConditionalPutResult.Accepted
                && await PutIfNewAsync(key, cancellationToken).ConfigureAwait(false) == ConditionalPutResult.PreconditionFailed;
        }
        finally
        {
            await TryCleanUpAsync(() => versions.DeleteAsync(key, CancellationToken.None)).ConfigureAwait(false);
        }
    }

    public async Task<bool?> HasCorsRulesAsync(CancellationToken cancellationToken)
    {
        try
        {
            var cors = await calls.RunAsync(
                "GetBucketCors", null,
                token => client.GetCORSConfigurationAsync(new GetCORSConfigurationRequest { BucketName = bucket }, token),
                cancellationToken, IsConclusive).ConfigureAwait(false);
            return cors.Configuration?.Rules is { Count: > 0 };
        }
        catch (AmazonS3Exception none) when (none.ErrorCode == "NoSuchCORSConfiguration")
        {
            return false;
        }
        catch (AmazonS3Exception)
        {
            return null;
        }
    }

    /// <summary>Uploads a part.</summary>
    /// <returns>The ETag of the part; null when the multipart upload no longer exists.</returns>
    private async Task<string?> SendPartAsync(string key, string id, CancellationToken cancellationToken)
    {
        try
        {
            var sent = await calls.RunAsync(
                "UploadPart", key,
                token => client.UploadPartAsync(
                    new UploadPartRequest
                    {
                        BucketName = bucket,
                        Key = key,
                        UploadId = id,
                        PartNumber = 1,
                        InputStream = new MemoryStream(Content),
                        UseChunkEncoding = false,
                        DisableDefaultChecksumValidation = true,
                    },
                    token),
                cancellationToken, IsConclusive).ConfigureAwait(false);
            return sent.ETag;
        }
        catch (AmazonS3Exception refused) when (refused.StatusCode == HttpStatusCode.NotFound || refused.ErrorCode == "NoSuchUpload")
        {
            return null;
        }
        catch (AmazonS3Exception refused)
        {
            throw calls.Translate(new StorageCall(bucket, "UploadPart", key), refused);
        }
    }

    private async Task<bool> TryCompleteAsync(string key, string id, string eTag, CancellationToken cancellationToken)
    {
        try
        {
            await calls.RunAsync(
                "CompleteMultipartUpload", key,
                token => client.CompleteMultipartUploadAsync(
                    new CompleteMultipartUploadRequest
                    {
                        BucketName = bucket,
                        Key = key,
                        UploadId = id,
                        PartETags = [new PartETag(1, eTag)],
                        IfNoneMatch = "*",
                    }, token),
                cancellationToken, IsConditionUnsupported).ConfigureAwait(false);
            return true;
        }
        catch (AmazonS3Exception unsupported) when (IsConditionUnsupported(unsupported))
        {
            return false;
        }
    }

    private async Task<ConditionalPutResult> PutIfNewAsync(string key, CancellationToken cancellationToken)
    {
        var put = S3RequestFactory.CreatePut(bucket, key, "text/plain", new MemoryStream(Content), new ObjectSettings());
        put.IfNoneMatch = "*";
        try
        {
            await calls.RunAsync(
                "PutObject", key, token => client.PutObjectAsync(put, token), cancellationToken,
                static answer =>
                    IsConditionUnsupported(answer) || answer.StatusCode == HttpStatusCode.PreconditionFailed).ConfigureAwait(false);
            return ConditionalPutResult.Accepted;
        }
        catch (AmazonS3Exception refused)
        {
            return refused.StatusCode == HttpStatusCode.PreconditionFailed
                ? ConditionalPutResult.PreconditionFailed
                : ConditionalPutResult.Unsupported;
        }
    }

    // Best effort: the bucket's lifecycle rule removes objects that remain below the staging prefix.
    private static async Task TryCleanUpAsync(Func<Task> cleanUp)
    {
        try
        {
            await cleanUp().ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is StorageUnavailableException or StorageRefusedException)
        {
            // The result of the probe is known, so a failed clean-up does not change it.
        }
    }

    private static bool IsConclusive(AmazonS3Exception answer) =>
        (int)answer.StatusCode is >= 400 and < 500 || answer.StatusCode == HttpStatusCode.NotImplemented;

    private static bool IsConditionUnsupported(AmazonS3Exception answer) =>
        answer.StatusCode == HttpStatusCode.NotImplemented || answer.ErrorCode is "NotImplemented" or "InvalidArgument";

    private enum ConditionalPutResult
    {
        Accepted,
        PreconditionFailed,
        Unsupported,
    }
}
