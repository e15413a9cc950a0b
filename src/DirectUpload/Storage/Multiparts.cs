using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using DirectUpload.Uploads;

namespace DirectUpload.Storage;

/// <summary>The multipart uploads of a bucket, whose parts are sent by clients.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html</remarks>
internal sealed class Multiparts(string bucket, IAmazonS3 client)
{
    public async Task<string> BeginAsync(string key, string contentType, ObjectSettings settings, bool partChecksums, CancellationToken cancellationToken)
    {
        var request = CopyRequests.Begin(bucket, key, contentType, settings);
        if (partChecksums)
            request.ChecksumAlgorithm = ChecksumAlgorithm.SHA256;
        var begun = await client.InitiateMultipartUploadAsync(request, cancellationToken).ConfigureAwait(false);
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
                page = await client.ListPartsAsync(request, cancellationToken).ConfigureAwait(false);
                foreach (var part in page.Parts ?? [])
                    parts.Add(new StoredPart(part.PartNumber ?? 0, part.Size ?? 0, part.ETag, part.ChecksumSHA256));
                request.PartNumberMarker = $"{page.NextPartNumberMarker}";
            }
            while (page.IsTruncated == true);
            return parts;
        }
        catch (AmazonS3Exception gone) when (gone.ErrorCode == "NoSuchUpload")
        {
            return null;
        }
    }

    public async Task<bool> TryCompleteAsync(string key, string multipartId, IReadOnlyList<StoredPart> parts, bool onlyIfNew, CancellationToken cancellationToken)
    {
        try
        {
            await client.CompleteMultipartUploadAsync(
                new CompleteMultipartUploadRequest
                {
                    BucketName = bucket,
                    Key = key,
                    UploadId = multipartId,
                    PartETags = [.. parts.Select(part => new PartETag(part.Number, part.ETag) { ChecksumSHA256 = part.ChecksumSha256 })],
                    IfNoneMatch = onlyIfNew ? "*" : null,
                },
                cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (AmazonS3Exception refused) when (refused.ErrorCode == "NoSuchUpload" || refused.StatusCode == HttpStatusCode.PreconditionFailed)
        {
            return false;
        }
    }
}
