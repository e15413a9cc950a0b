using System.Xml.Linq;
using DirectUpload.LocalS3.Checksums;
using DirectUpload.LocalS3.Protocol;
using DirectUpload.LocalS3.Storage;

namespace DirectUpload.LocalS3.Operations;

/// <summary>GetObjectAttributes: what is known of an object, and of its parts, without its bytes.</summary>
internal static class GetAttributes
{
    private const string Wanted = "x-amz-object-attributes";

    private static readonly string[] Known = ["ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize"];

    public static Task AnswerAsync(S3Call call)
    {
        var wanted = (call.Request.Header(Wanted) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (wanted.Length == 0 || wanted.Except(Known).Any())
            throw S3Errors.InvalidArgument("Invalid attribute name specified.", Wanted, call.Request.Header(Wanted) ?? "");
        var stored = call.Bucket.Get(call.Key, call.VersionId);

        ObjectHeaders.WriteVersion(call, stored);
        call.Response.Headers.LastModified = S3Time.Http(stored.LastModified);
        return S3Xml.WriteAsync(call.Response, S3Xml.Element("GetObjectAttributesResponse",
            Known.Intersect(wanted).Select(name => Describe(stored, name))), call.Aborted);
    }

    private static XElement? Describe(StoredObject stored, string name) => name switch
    {
        "ETag" => S3Xml.Element(name, stored.ETag),
        "Checksum" => stored.Checksum is null ? null : S3Xml.Element(name, ChecksumXml.Write(WithoutCount(stored.Checksum)),
            ChecksumXml.WriteType(stored.Checksum)),
        "ObjectParts" => stored.IsMultipart ? DescribeParts(stored) : null,
        "StorageClass" => S3Xml.Element(name, stored.Attributes.StorageClass),
        _ => S3Xml.Element(name, stored.Size),
    };

    /// <summary>S3 lists the parts only where they have checksums of their own.</summary>
    private static XElement DescribeParts(StoredObject stored) => S3Xml.Element("ObjectParts",
        S3Xml.Element("PartsCount", stored.Parts.Count),
        stored.Checksum?.Type != StoredChecksum.Composite ? null : stored.Parts.Select(part => S3Xml.Element("Part",
            S3Xml.Element("PartNumber", part.Number), S3Xml.Element("Size", part.Size), ChecksumXml.Write(part.Checksum))));

    private static StoredChecksum WithoutCount(StoredChecksum checksum) => checksum with { Value = checksum.Value.Split('-')[0] };
}
