using DirectUpload.LocalS3.Bodies;
using DirectUpload.LocalS3.Checksums;
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
        var (sourceBucket, sourceKey) = Source(call.Request.Header("x-amz-copy-source")!);
        await using var source = call.Store.Get(sourceBucket).Open(sourceKey) ?? throw S3Errors.NoSuchKey(sourceKey);
        ReadConditions.CheckCopySource(call.Request, source.Stored);
        if (source.Stored.Size > IncomingBody.MaxPut)
            throw S3Errors.InvalidRequest(
                "The specified copy source is larger than the maximum allowable size for a copy source: 5368709120");
        var attributes = Attributes(call, source.Stored, ontoItself: target.Name == sourceBucket && call.Key == sourceKey);

        var algorithm = Algorithm(call.Request, source.Stored);
        await using var draft = target.NewBlob();
        using var digests = new BodyDigests(algorithm, withSha256: false);
        await BodyCopy.CopyAsync(source.Content, draft.Stream, digests, long.MaxValue, call.Aborted);
        var described = PutObject.Describe(call.Key, draft, digests.Finish(), attributes, call.Now());
        var copy = await target.CommitAsync(draft, described, condition);

        if (attributes.Encryption is { } encryption)
            call.Response.Headers["x-amz-server-side-encryption"] = encryption;
        await S3Xml.WriteAsync(call.Response, S3Xml.Element("CopyObjectResult",
            S3Xml.Element("LastModified", S3Time.Iso(copy.LastModified)),
            S3Xml.Element("ETag", $"\"{copy.ETag}\""),
            copy.Checksums.Select(item => S3Xml.Element("Checksum" + ChecksumAlgorithm.ByHeader(item.Key)!.Name, item.Value)),
            copy.Checksums.Count == 0 ? null : S3Xml.Element("ChecksumType", "FULL_OBJECT")), call.Aborted);
    }

    /// <summary><c>/bucket/key</c>, URL-encoded; the first slash may be missing.</summary>
    private static (string Bucket, string Key) Source(string header)
    {
        // An encoded question mark belongs to the key, a plain one begins the version.
        if (header.Contains('?', StringComparison.Ordinal))
            throw S3Errors.NotImplemented("x-amz-copy-source with versionId");
        var text = UriBytes.DecodeText(header, plusIsSpace: false);
        if (text.StartsWith('/'))
            text = text[1..];
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || slash == text.Length - 1)
            throw S3Errors.InvalidArgument("Invalid copy source object key", "x-amz-copy-source", header);
        RequestTarget.CheckKey(text[(slash + 1)..]);
        return (text[..slash], text[(slash + 1)..]);
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

    /// <summary>The checksum that was asked for, or the one that the source has.</summary>
    private static ChecksumAlgorithm? Algorithm(S3Request request, StoredObject source)
    {
        if (request.Header("x-amz-checksum-algorithm") is not { } asked)
            return source.Checksums.Keys.Select(ChecksumAlgorithm.ByHeader).FirstOrDefault();
        return ChecksumAlgorithm.ByName(asked)
            ?? throw S3Errors.InvalidRequest("Checksum algorithm provided is unsupported. Please try again " +
            "with any of the valid types: [CRC32, CRC32C, SHA1, SHA256]");
    }
}
