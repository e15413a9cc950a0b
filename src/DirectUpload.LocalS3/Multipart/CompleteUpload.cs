using System.Globalization;
using DirectUpload.LocalS3.Bodies;
using DirectUpload.LocalS3.Checksums;
using DirectUpload.LocalS3.Events;
using DirectUpload.LocalS3.Operations;
using DirectUpload.LocalS3.Protocol;
using DirectUpload.LocalS3.Storage;

namespace DirectUpload.LocalS3.Multipart;

/// <summary>
/// CompleteMultipartUpload. Repeated in the same words it is answered in the same words, as S3 does, for as long as the object is there:
/// a client that lost the first answer may ask again.
/// </summary>
/// <remarks>Source for the repetition: https://github.com/minio/minio/issues/13318, https://github.com/adobe/S3Mock/issues/2586</remarks>
internal static class CompleteUpload
{
    public static async Task AnswerAsync(S3Call call)
    {
        var bucket = call.Bucket;
        var uploadId = UploadReference.IdOf(call);
        var condition = WriteCondition.Read(call.Request);
        // x-amz-checksum-* is the object's here.
        var list = CompletionList.Parse(await IncomingBody.ReadDocumentAsync(call.Request, call.Caller, call.Aborted, checksumIsOfBody: false));
        var completed = bucket.Complete(call.Key, uploadId, condition, upload => Assemble(call.Request, upload, list));
        if (completed is not null)
            call.Announce(EventName.CompleteMultipartUpload, completed);
        var stored = completed ?? Repeated(bucket, call.Key, uploadId, list) ?? throw S3Errors.NoSuchUpload(uploadId);

        ObjectHeaders.WriteNewVersion(call.Response.Headers, stored);
        call.TellExpiry(stored);
        ObjectHeaders.WriteEncryption(call.Response.Headers, stored.Attributes);
        await S3Xml.WriteAsync(call.Response, S3Xml.Element("CompleteMultipartUploadResult",
            S3Xml.Element("Location", call.Request.LocationOf(stored.Key)),
            S3Xml.Element("Bucket", bucket.Name),
            S3Xml.Element("Key", stored.Key),
            S3Xml.Element("ETag", $"\"{stored.ETag}\""),
            ChecksumXml.Write(stored.Checksum), ChecksumXml.WriteType(stored.Checksum)), call.Aborted);
    }

    private static StoredObject? Repeated(Bucket bucket, string key, string uploadId, IReadOnlyList<ListedPart> list) =>
        bucket.Contents.Versions.GetValueOrDefault(key)?.Find(version => version.UploadId == uploadId
            && version.Parts.Select(part => (part.Number, part.ETag)).SequenceEqual(list.Select(part => (part.Number, part.ETag))));

    /// <summary>What the headers say of the object must be true of it, too.</summary>
    private static StoredObject Assemble(S3Request request, PendingUpload upload, IReadOnlyList<ListedPart> list)
    {
        var plan = upload.Stored.Checksum;
        if (request.Header("x-amz-checksum-type") is { } type && type != plan.Type)
            throw S3Errors.InvalidRequest(
                $"The upload was created using the {plan.Type} checksum mode. The complete request must use the same checksum mode.");
        var stored = Assembly.Assemble(upload, list);
        if (request.Header("x-amz-mp-object-size") is { } size && size != stored.Size.ToString(CultureInfo.InvariantCulture))
            throw S3Errors.InvalidRequest(
                $"The provided 'x-amz-mp-object-size' header value {size} does not match what was computed: {stored.Size}");
        if (ChecksumHeader.Read(request) is var (algorithm, value))
        {
            if (algorithm.Name != plan.Algorithm)
                throw UploadChecksum.Mismatch(plan, algorithm);
            if (value != stored.Checksum!.Value)
                throw new S3Exception(400, "BadDigest",
                    $"The {algorithm.Name.ToLowerInvariant()} you specified did not match the calculated checksum.");
        }
        return stored;
    }
}
