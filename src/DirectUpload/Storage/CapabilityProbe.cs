using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using DirectUpload.Uploads;

namespace DirectUpload.Storage;

/// <summary>The probes of <see cref="IServerCapabilities"/>.</summary>
internal sealed class CapabilityProbe(string bucket, IAmazonS3 client, StorageCalls calls, Multiparts multiparts)
{
    private static readonly byte[] Content = "This object shows what the server can do; it may be deleted."u8.ToArray();

    public async Task<bool> ProtectsInPlacePartsAsync(string key, CancellationToken cancellationToken)
    {
        var id = await multiparts.BeginAsync(key, "text/plain", new Uploads.ObjectSettings(), partChecksums: false, cancellationToken).ConfigureAwait(false);
        try
        {
            var eTag = await SendPartAsync(key, id, cancellationToken).ConfigureAwait(false);
            if (eTag is null || !await TryCompleteAsync(key, id, eTag, cancellationToken).ConfigureAwait(false))
                return false;
            return await SendPartAsync(key, id, cancellationToken).ConfigureAwait(false) is null;
        }
        finally
        {
            await TryTidyAsync(() => multiparts.AbortAsync(new UnfinishedMultipart(key, id, default), CancellationToken.None)).ConfigureAwait(false);
            await TryTidyAsync(() => DeleteAsync(key)).ConfigureAwait(false);
        }
    }

    public async Task<bool> HonorsConditionalWritesAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            return await PutIfNewAsync(key, cancellationToken).ConfigureAwait(false) == Answer.Accepted
                && await PutIfNewAsync(key, cancellationToken).ConfigureAwait(false) == Answer.Precondition;
        }
        finally
        {
            await TryTidyAsync(() => DeleteAsync(key)).ConfigureAwait(false);
        }
    }

    public async Task<bool?> HasCorsRulesAsync(CancellationToken cancellationToken)
    {
        try
        {
            var cors = await calls.RunAsync(
                "GetBucketCors", null, token => client.GetCORSConfigurationAsync(new GetCORSConfigurationRequest { BucketName = bucket }, token), cancellationToken, IsAnswer).ConfigureAwait(false);
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

    /// <summary>The part's ETag; null when there is no such upload any more.</summary>
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
                cancellationToken, IsAnswer).ConfigureAwait(false);
            return sent.ETag;
        }
        catch (AmazonS3Exception refused) when (refused.StatusCode == HttpStatusCode.NotFound || refused.ErrorCode == "NoSuchUpload")
        {
            return null;
        }
        catch (AmazonS3Exception refused)
        {
            throw calls.Translated(new StorageCall(bucket, "UploadPart", key), refused);
        }
    }

    private async Task<bool> TryCompleteAsync(string key, string id, string eTag, CancellationToken cancellationToken)
    {
        try
        {
            await calls.RunAsync(
                "CompleteMultipartUpload", key,
                token => client.CompleteMultipartUploadAsync(
                    new CompleteMultipartUploadRequest { BucketName = bucket, Key = key, UploadId = id, PartETags = [new PartETag(1, eTag)], IfNoneMatch = "*" }, token),
                cancellationToken, LacksCondition).ConfigureAwait(false);
            return true;
        }
        catch (AmazonS3Exception lacking) when (LacksCondition(lacking))
        {
            return false;
        }
    }

    private async Task<Answer> PutIfNewAsync(string key, CancellationToken cancellationToken)
    {
        var put = CopyRequests.Put(bucket, key, "text/plain", new MemoryStream(Content), new ObjectSettings());
        put.IfNoneMatch = "*";
        try
        {
            await calls.RunAsync(
                "PutObject", key, token => client.PutObjectAsync(put, token), cancellationToken,
                static answer => LacksCondition(answer) || answer.StatusCode == HttpStatusCode.PreconditionFailed).ConfigureAwait(false);
            return Answer.Accepted;
        }
        catch (AmazonS3Exception refused)
        {
            return refused.StatusCode == HttpStatusCode.PreconditionFailed ? Answer.Precondition : Answer.Lacking;
        }
    }

    // Best effort: what stays below the staging prefix is removed by the bucket's lifecycle rule.
    private static async Task TryTidyAsync(Func<Task> tidy)
    {
        try
        {
            await tidy().ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is StorageUnavailableException or StorageRefusedException)
        {
            // The answer that was asked for is known all the same.
        }
    }

    private Task<DeleteObjectResponse> DeleteAsync(string key) =>
        calls.RunAsync("DeleteObject", key, token => client.DeleteObjectAsync(bucket, key, token), CancellationToken.None);

    private static bool IsAnswer(AmazonS3Exception answer) => (int)answer.StatusCode is >= 400 and < 500 || answer.StatusCode == HttpStatusCode.NotImplemented;

    private static bool LacksCondition(AmazonS3Exception answer) => answer.StatusCode == HttpStatusCode.NotImplemented || answer.ErrorCode is "NotImplemented" or "InvalidArgument";

    private enum Answer
    {
        Accepted,
        Precondition,
        Lacking,
    }
}
