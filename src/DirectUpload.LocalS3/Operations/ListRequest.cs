using System.Xml.Linq;
using DirectUpload.LocalS3.Protocol;
using DirectUpload.LocalS3.Storage;

namespace DirectUpload.LocalS3.Operations;

/// <summary>What every version of a listing can be asked for, and how its entries are described then.</summary>
/// <param name="Prefix">Only keys that begin so; empty for all.</param>
/// <param name="Delimiter">Rolls up what lies behind it; null for none.</param>
/// <param name="MaxKeys">Entries on a page, 0 to 1,000.</param>
/// <param name="IsEncoded">Keys are URL-encoded, since XML 1.0 cannot hold every one.</param>
internal sealed record ListRequest(string Prefix, string? Delimiter, int MaxKeys, bool IsEncoded)
{
    public static ListRequest Read(QueryParameters query)
    {
        if (query["encoding-type"] is not (null or "url"))
            throw S3Errors.InvalidArgument("Invalid Encoding Method specified in Request", "encoding-type", query["encoding-type"]!);
        return new(query["prefix"] ?? "", query["delimiter"] is { Length: > 0 } delimiter ? delimiter : null,
            PageSize.Read(query, "max-keys"), query["encoding-type"] == "url");
    }

    public string Encode(string value) => IsEncoded ? UriBytes.Encode(value, keepSlash: true) : value;

    public IEnumerable<XElement> Describe(ListPage<StoredObject> page, bool withOwner) =>
        page.Items.Select(stored => Describe(stored, withOwner))
            .Concat(page.Prefixes.Select(prefix => S3Xml.Element("CommonPrefixes", S3Xml.Element("Prefix", Encode(prefix)))));

    private XElement Describe(StoredObject stored, bool withOwner) => S3Xml.Element("Contents",
        S3Xml.Element("Key", Encode(stored.Key)),
        S3Xml.Element("LastModified", S3Time.Iso(stored.LastModified)),
        S3Xml.Element("ETag", $"\"{stored.ETag}\""),
        ChecksumXml.WriteAlgorithm(stored.Checksum), ChecksumXml.WriteType(stored.Checksum),
        S3Xml.Element("Size", stored.Size),
        withOwner ? BucketOperations.DescribeOwner() : null,
        S3Xml.Element("StorageClass", stored.Attributes.StorageClass));
}
