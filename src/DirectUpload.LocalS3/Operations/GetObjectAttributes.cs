using System.Xml.Linq;
using DirectUpload.LocalS3.Checksums;
using DirectUpload.LocalS3.Objects;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Operations;

/// <summary>Handles GetObjectAttributes, which returns the attributes of an object and of its parts without the bytes.</summary>
internal static class GetObjectAttributes
{
    private const string HeaderName = "x-amz-object-attributes";

    private static readonly string[] KnownAttributes = ["ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize"];

    public static Task HandleAsync(S3OperationContext call)
    {
        var wanted = (call.Request.GetHeader(HeaderName) ?? "")
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (wanted.Length == 0 || wanted.Except(KnownAttributes).Any())
            throw S3Errors.InvalidArgument("Invalid attribute name specified.", HeaderName, call.Request.GetHeader(HeaderName) ?? "");
        var stored = call.Bucket.Get(call.Key, call.VersionId);

        ObjectHeaders.WriteVersion(call, stored);
        call.Response.Headers.LastModified = S3DateTime.FormatHttp(stored.LastModified);
        return S3Xml.WriteAsync(call.Response, S3Xml.Element("GetObjectAttributesResponse",
            KnownAttributes.Intersect(wanted).Select(name => Describe(stored, name))), call.RequestAborted);
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

    /// <summary>Describes the parts, which S3 lists only if they have their own checksums.</summary>
    private static XElement DescribeParts(StoredObject stored) => S3Xml.Element("ObjectParts",
        S3Xml.Element("PartsCount", stored.Parts.Count),
        stored.Checksum?.Type != StoredChecksum.Composite ? null : stored.Parts.Select(part => S3Xml.Element("Part",
            S3Xml.Element("PartNumber", part.Number), S3Xml.Element("Size", part.Size), ChecksumXml.Write(part.Checksum))));

    private static StoredChecksum WithoutCount(StoredChecksum checksum) => checksum with { Value = checksum.Value.Split('-')[0] };
}
