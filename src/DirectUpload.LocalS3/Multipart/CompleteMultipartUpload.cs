using System.Globalization;
using DirectUpload.LocalS3.Bodies;
using DirectUpload.LocalS3.Checksums;
using DirectUpload.LocalS3.Notifications;
using DirectUpload.LocalS3.Objects;
using DirectUpload.LocalS3.Operations;
using DirectUpload.LocalS3.Protocol;
using DirectUpload.LocalS3.Storage;

namespace DirectUpload.LocalS3.Multipart;

/// <summary>Handles CompleteMultipartUpload.</summary>
/// <remarks>
/// A repeated identical request gets the same response as long as the object exists, as in S3, so that a client that lost the response can
/// retry. Sources: https://github.com/minio/minio/issues/13318, https://github.com/adobe/S3Mock/issues/2586
/// </remarks>
internal static class CompleteMultipartUpload
{
    public static async Task HandleAsync(S3OperationContext call)
    {
        var bucket = call.Bucket;
        var uploadId = UploadReference.GetId(call);
        var condition = WriteCondition.Read(call.Request);
        // Here x-amz-checksum-* is the checksum of the object.
        var list = CompleteMultipartUploadXml.Parse(
            await RequestBody.ReadDocumentAsync(call.Request, call.Caller, call.RequestAborted, checksumIsOfBody: false));
        var completed = bucket.CompleteUpload(call.Key, uploadId, condition, upload => Assemble(call.Request, upload, list));
        if (completed is not null)
            call.PublishEvent(EventName.CompleteMultipartUpload, completed);
        var stored = completed ?? FindRepeated(bucket, call.Key, uploadId, list) ?? throw S3Errors.NoSuchUpload(uploadId);

        ObjectHeaders.WriteNewVersion(call.Response.Headers, stored);
        call.WriteExpirationHeader(stored);
        ObjectHeaders.WriteEncryption(call.Response.Headers, stored.Attributes);
        await S3Xml.WriteAsync(call.Response, S3Xml.Element("CompleteMultipartUploadResult",
            S3Xml.Element("Location", call.Request.GetLocation(stored.Key)),
            S3Xml.Element("Bucket", bucket.Name),
            S3Xml.Element("Key", stored.Key),
            S3Xml.Element("ETag", $"\"{stored.ETag}\""),
            ChecksumXml.Write(stored.Checksum), ChecksumXml.WriteType(stored.Checksum)), call.RequestAborted);
    }

    private static StoredObject? FindRepeated(Bucket bucket, string key, string uploadId, IReadOnlyList<ListedPart> list) =>
        bucket.Contents.Versions.GetValueOrDefault(key)?.Find(version => version.UploadId == uploadId
            && version.Parts.Select(part => (part.Number, part.ETag)).SequenceEqual(list.Select(part => (part.Number, part.ETag))));

    /// <summary>Verifies the object's checksum and size from the headers.</summary>
    private static StoredObject Assemble(S3Request request, PendingUpload upload, IReadOnlyList<ListedPart> list)
    {
        var plan = upload.Stored.Checksum;
        if (request.GetHeader("x-amz-checksum-type") is { } type && type != plan.Type)
            throw S3Errors.InvalidRequest(
                $"The upload was created using the {plan.Type} checksum mode. The complete request must use the same checksum mode.");
        var stored = PartAssembler.Assemble(upload, list);
        if (request.GetHeader("x-amz-mp-object-size") is { } size && size != stored.Size.ToString(CultureInfo.InvariantCulture))
            throw S3Errors.InvalidRequest(
                $"The provided 'x-amz-mp-object-size' header value {size} does not match what was computed: {stored.Size}");
        if (ChecksumHeader.Read(request) is var (algorithm, value))
        {
            if (algorithm.Name != plan.Algorithm)
                throw UploadChecksum.CreateMismatchError(plan, algorithm);
            if (value != stored.Checksum!.Value)
                throw new S3Exception(400, "BadDigest",
                    $"The {algorithm.Name.ToLowerInvariant()} you specified did not match the calculated checksum.");
        }
        return stored;
    }
}
