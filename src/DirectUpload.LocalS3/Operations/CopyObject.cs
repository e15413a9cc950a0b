using DirectUpload.LocalS3.Bodies;
using DirectUpload.LocalS3.Checksums;
using DirectUpload.LocalS3.Events;
using DirectUpload.LocalS3.Protocol;
using DirectUpload.LocalS3.Storage;

namespace DirectUpload.LocalS3.Operations;

/// <summary>CopyObject. The conditions are held against the very object whose bytes are copied.</summary>
internal static class CopyObject
{
    public static async Task AnswerAsync(S3Call call)
    {
        var target = call.Bucket;
        var condition = WriteCondition.Read(call.Request);
        var named = CopySource.Read(call.Request);
        using var source = named.Open(call);
        if (source.Stored.Size > IncomingBody.MaxPut)
            throw S3Errors.InvalidRequest(
                "The specified copy source is larger than the maximum allowable size for a copy source: 5368709120");
        var attributes = Attributes(call, source.Stored, ontoItself: named == new CopySource(target.Name, call.Key, null));

        var algorithm = Algorithm(call.Request, source.Stored);
        await using var draft = target.NewBlob();
        using var digests = new BodyDigests(algorithm);
        await using var content = source.Read();
        await BodyCopy.CopyAsync(content, draft.Stream, digests, long.MaxValue, call.Aborted);
        var described = PutObject.Describe(call.Key, draft, digests.Finish(), attributes, call.Now());
        var copy = await target.CommitAsync(draft, described, condition);
        call.Announce(EventName.Copy, copy);
        call.TellExpiry(copy);

        ObjectHeaders.WriteNewVersion(call.Response.Headers, copy);
        ObjectHeaders.WriteEncryption(call.Response.Headers, attributes);
        CopySource.WriteVersion(call, source.Stored);
        await S3Xml.WriteAsync(call.Response, S3Xml.Element("CopyObjectResult",
            S3Xml.Element("LastModified", S3Time.Iso(copy.LastModified)),
            S3Xml.Element("ETag", $"\"{copy.ETag}\""),
            ChecksumXml.Write(copy.Checksum), ChecksumXml.WriteType(copy.Checksum)), call.Aborted);
    }

    private static ObjectAttributes Attributes(S3Call call, StoredObject source, bool ontoItself)
    {
        var asked = AttributeReader.Read(call.Request);
        var replaces = Replaces(call.Request, "x-amz-metadata-directive");
        var replacesTags = Replaces(call.Request, "x-amz-tagging-directive");
        if (ontoItself && !replaces && asked.StorageClass == source.Attributes.StorageClass
            && asked.Encryption == source.Attributes.Encryption)
            throw S3Errors.InvalidRequest(
                "This copy request is illegal because it is trying to copy an object to itself without changing the object's " +
                "metadata, storage class, website redirect location or encryption attributes.");
        // The ACL, the storage class and the encryption are never copied: they are the writer's, or the default.
        return asked with
        {
            Headers = replaces ? asked.Headers : source.Attributes.Headers,
            Metadata = replaces ? asked.Metadata : source.Attributes.Metadata,
            Tags = replacesTags ? asked.Tags : source.Attributes.Tags,
        };
    }

    private static bool Replaces(S3Request request, string directive) => request.Header(directive) switch
    {
        null or "COPY" => false,
        "REPLACE" => true,
        var other =>
            throw S3Errors.InvalidArgument($"Unknown {directive.Replace("x-amz-", "", StringComparison.Ordinal)}.", directive, other),
    };

    /// <summary>The checksum that was asked for, or the one that the source has. It is of the bytes, even when the source's was of parts.</summary>
    private static ChecksumAlgorithm Algorithm(S3Request request, StoredObject source) =>
        ChecksumAlgorithm.Asked(request) ?? ChecksumAlgorithm.ByName(source.Checksum?.Algorithm) ?? ChecksumAlgorithm.Default;
}
