using DirectUpload.LocalS3.Objects;
using DirectUpload.LocalS3.Operations;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Multipart;

/// <summary>Handles CreateMultipartUpload.</summary>
internal static class CreateMultipartUpload
{
    public static Task HandleAsync(S3OperationContext call)
    {
        var bucket = call.Bucket;
        var upload = new StoredUpload
        {
            Id = UploadReference.CreateId(),
            Key = call.Key,
            Initiated = call.Now(),
            Attributes = ObjectAttributesReader.Read(call.Request),
            Checksum = UploadChecksum.Read(call.Request),
        };
        bucket.StartUpload(upload);

        ObjectHeaders.WriteEncryption(call.Response.Headers, upload.Attributes);
        if (upload.Checksum.IsAsked)
        {
            call.Response.Headers["x-amz-checksum-algorithm"] = upload.Checksum.Algorithm;
            call.Response.Headers["x-amz-checksum-type"] = upload.Checksum.Type;
        }
        return S3Xml.WriteAsync(call.Response, S3Xml.Element("InitiateMultipartUploadResult",
            S3Xml.Element("Bucket", bucket.Name), S3Xml.Element("Key", upload.Key), S3Xml.Element("UploadId", upload.Id)),
            call.RequestAborted);
    }
}
