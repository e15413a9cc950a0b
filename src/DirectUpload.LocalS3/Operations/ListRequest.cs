using System.Xml.Linq;
using DirectUpload.LocalS3.Objects;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Operations;

/// <summary>Contains the parameters that all versions of ListObjects share, and describes the entries.</summary>
/// <param name="Prefix">The required prefix of keys; empty for all keys.</param>
/// <param name="Delimiter">The delimiter of common prefixes; null for none.</param>
/// <param name="MaxKeys">The maximum number of entries on a page, from 0 to 1,000.</param>
/// <param name="IsEncoded">True to URL-encode keys, because XML 1.0 cannot contain every key.</param>
internal sealed record ListRequest(string Prefix, string? Delimiter, int MaxKeys, bool IsEncoded)
{
    public static ListRequest Read(QueryParameters query)
    {
        if (query["encoding-type"] is not (null or "url"))
            throw S3Errors.InvalidArgument("Invalid Encoding Method specified in Request", "encoding-type", query["encoding-type"]!);
        return new(query["prefix"] ?? "", query["delimiter"] is { Length: > 0 } delimiter ? delimiter : null,
            PageSize.Read(query, "max-keys"), query["encoding-type"] == "url");
    }

    public string Encode(string value) => IsEncoded ? UriEncoding.Encode(value, keepSlash: true) : value;

    public IEnumerable<XElement> Describe(ListPage<StoredObject> page, bool withOwner) =>
        page.Items.Select(stored => Describe(stored, withOwner))
            .Concat(page.Prefixes.Select(prefix => S3Xml.Element("CommonPrefixes", S3Xml.Element("Prefix", Encode(prefix)))));

    private XElement Describe(StoredObject stored, bool withOwner) => S3Xml.Element("Contents",
        S3Xml.Element("Key", Encode(stored.Key)),
        S3Xml.Element("LastModified", S3DateTime.FormatIso(stored.LastModified)),
        S3Xml.Element("ETag", $"\"{stored.ETag}\""),
        ChecksumXml.WriteAlgorithm(stored.Checksum), ChecksumXml.WriteType(stored.Checksum),
        S3Xml.Element("Size", stored.Size),
        withOwner ? BucketOperations.DescribeOwner() : null,
        S3Xml.Element("StorageClass", stored.Attributes.StorageClass));
}
