using DirectUpload.LocalS3.Bodies;
using DirectUpload.LocalS3.Checksums;
using DirectUpload.LocalS3.Notifications;
using DirectUpload.LocalS3.Objects;
using DirectUpload.LocalS3.Protocol;
using DirectUpload.LocalS3.Storage;

namespace DirectUpload.LocalS3.Operations;

/// <summary>Handles CopyObject and checks the conditions against the exact object whose bytes it copies.</summary>
internal static class CopyObject
{
    public static async Task HandleAsync(S3OperationContext call)
    {
        var target = call.Bucket;
        var condition = WriteCondition.Read(call.Request);
        var named = CopySource.Read(call.Request);
        using var source = named.Open(call);
        if (source.Stored.Size > RequestBody.MaxObjectSize)
            throw S3Errors.InvalidRequest(
                "The specified copy source is larger than the maximum allowable size for a copy source: 5368709120");
        var attributes = GetAttributes(call, source.Stored, ontoItself: named == new CopySource(target.Name, call.Key, null));

        var algorithm = GetAlgorithm(call.Request, source.Stored);
        await using var draft = target.CreateBlob();
        using var digests = new BodyHasher(algorithm);
        await using var content = source.OpenRead();
        await BodyCopy.CopyAsync(content, draft.Stream, digests, long.MaxValue, call.RequestAborted);
        var described = PutObject.CreateStoredObject(call.Key, draft, digests.Finish(), attributes, call.Now());
        var copy = await target.CommitAsync(draft, described, condition);
        call.PublishEvent(EventName.Copy, copy);
        call.WriteExpirationHeader(copy);

        ObjectHeaders.WriteNewVersion(call.Response.Headers, copy);
        ObjectHeaders.WriteEncryption(call.Response.Headers, attributes);
        CopySource.WriteVersion(call, source.Stored);
        await S3Xml.WriteAsync(call.Response, S3Xml.Element("CopyObjectResult",
            S3Xml.Element("LastModified", S3DateTime.FormatIso(copy.LastModified)),
            S3Xml.Element("ETag", $"\"{copy.ETag}\""),
            ChecksumXml.Write(copy.Checksum), ChecksumXml.WriteType(copy.Checksum)), call.RequestAborted);
    }

    private static ObjectAttributes GetAttributes(S3OperationContext call, StoredObject source, bool ontoItself)
    {
        var asked = ObjectAttributesReader.Read(call.Request);
        var replaces = IsReplace(call.Request, "x-amz-metadata-directive");
        var replacesTags = IsReplace(call.Request, "x-amz-tagging-directive");
        if (ontoItself && !replaces && asked.StorageClass == source.Attributes.StorageClass
            && asked.Encryption == source.Attributes.Encryption)
            throw S3Errors.InvalidRequest(
                "This copy request is illegal because it is trying to copy an object to itself without changing the object's " +
                "metadata, storage class, website redirect location or encryption attributes.");
        // The ACL, the storage class and the encryption are never copied: the request sets them, or the default applies.
        return asked with
        {
            Headers = replaces ? asked.Headers : source.Attributes.Headers,
            Metadata = replaces ? asked.Metadata : source.Attributes.Metadata,
            Tags = replacesTags ? asked.Tags : source.Attributes.Tags,
        };
    }

    private static bool IsReplace(S3Request request, string directive) => request.GetHeader(directive) switch
    {
        null or "COPY" => false,
        "REPLACE" => true,
        var other =>
            throw S3Errors.InvalidArgument($"Unknown {directive.Replace("x-amz-", "", StringComparison.Ordinal)}.", directive, other),
    };

    /// <summary>
    /// Returns the requested checksum algorithm or that of the source; the copy's checksum always covers the whole object.
    /// </summary>
    private static ChecksumAlgorithm GetAlgorithm(S3Request request, StoredObject source) =>
        ChecksumAlgorithm.FromRequest(request) ?? ChecksumAlgorithm.FindByName(source.Checksum?.Algorithm) ?? ChecksumAlgorithm.Default;
}
