using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using DirectUpload.Uploads;

namespace DirectUpload.Storage;

/// <summary>The multipart uploads of a bucket, whose parts are sent by clients.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html</remarks>
internal sealed class Multiparts(string bucket, IAmazonS3 client, StorageCalls calls)
{
    public async Task<string> BeginAsync(string key, string contentType, ObjectSettings settings, bool partChecksums, CancellationToken cancellationToken)
    {
        var request = CopyRequests.Begin(bucket, key, contentType, settings);
        if (partChecksums)
            request.ChecksumAlgorithm = ChecksumAlgorithm.SHA256;
        var begun = await calls.RunAsync("CreateMultipartUpload", key, token => client.InitiateMultipartUploadAsync(request, token), cancellationToken).ConfigureAwait(false);
        return begun.UploadId;
    }

    public async Task<IReadOnlyList<StoredPart>?> ListPartsAsync(string key, string multipartId, CancellationToken cancellationToken)
    {
        var request = new ListPartsRequest { BucketName = bucket, Key = key, UploadId = multipartId };
        var parts = new List<StoredPart>();
        try
        {
            ListPartsResponse page;
            do
            {
                page = await calls.RunAsync("ListParts", key, token => client.ListPartsAsync(request, token), cancellationToken, HasEnded).ConfigureAwait(false);
                foreach (var part in page.Parts ?? [])
                    parts.Add(new StoredPart(part.PartNumber ?? 0, part.Size ?? 0, part.ETag, part.ChecksumSHA256));
                request.PartNumberMarker = $"{page.NextPartNumberMarker}";
            }
            while (page.IsTruncated == true);
            return parts;
        }
        catch (AmazonS3Exception gone) when (HasEnded(gone))
        {
            return null;
        }
    }

    public async Task<bool> TryCompleteAsync(string key, string multipartId, IReadOnlyList<StoredPart> parts, bool onlyIfNew, CancellationToken cancellationToken)
    {
        var request = new CompleteMultipartUploadRequest
        {
            BucketName = bucket,
            Key = key,
            UploadId = multipartId,
            PartETags = [.. parts.Select(part => new PartETag(part.Number, part.ETag) { ChecksumSHA256 = part.ChecksumSha256 })],
            IfNoneMatch = onlyIfNew ? "*" : null,
        };
        try
        {
            await calls.RunAsync(
                "CompleteMultipartUpload", key, token => client.CompleteMultipartUploadAsync(request, token), cancellationToken, IsOver, parts.Sum(part => part.Size)).ConfigureAwait(false);
            return true;
        }
        catch (AmazonS3Exception refused) when (IsOver(refused))
        {
            return false;
        }

        // InvalidPart: a part was sent again after the list was made. EntityTooSmall: a client has cut its file too small. Both are the client's, and no mistake in the configuration.
        static bool IsOver(AmazonS3Exception answer) =>
            HasEnded(answer) || answer.StatusCode == HttpStatusCode.PreconditionFailed || answer.ErrorCode is "InvalidPart" or "InvalidPartOrder" or "EntityTooSmall";
    }

    public async Task AbortAsync(UnfinishedMultipart multipart, CancellationToken cancellationToken)
    {
        try
        {
            await calls.RunAsync(
                "AbortMultipartUpload", multipart.Key, token => client.AbortMultipartUploadAsync(bucket, multipart.Key, multipart.UploadId, token), cancellationToken, IsGone).ConfigureAwait(false);
        }
        catch (AmazonS3Exception ended) when (IsGone(ended))
        {
            // By another call: that is what was wanted.
        }

        // Swift answers NoSuchKey for an upload whose object a late part has destroyed.
        static bool IsGone(AmazonS3Exception answer) => HasEnded(answer) || answer.ErrorCode == "NoSuchKey";
    }

    private static bool HasEnded(AmazonS3Exception answer) => answer.ErrorCode == "NoSuchUpload";
}
