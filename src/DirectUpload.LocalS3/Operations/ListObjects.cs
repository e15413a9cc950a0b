using System.Text;
using System.Xml.Linq;
using DirectUpload.LocalS3.Protocol;
using DirectUpload.LocalS3.Storage;

namespace DirectUpload.LocalS3.Operations;

/// <summary>ListObjectsV2.</summary>
internal static class ListObjects
{
    public static Task AnswerAsync(S3Call call)
    {
        var query = call.Request.Query;
        if (query["list-type"] != "2")
            throw S3Errors.InvalidArgument("Invalid List Type specified in Request", "list-type", query["list-type"]!);
        if (query["encoding-type"] is not (null or "url"))
            throw S3Errors.InvalidArgument("Invalid Encoding Method specified in Request", "encoding-type", query["encoding-type"]!);
        var maxKeys = PageSize.Read(query, "max-keys");
        var prefix = query["prefix"] ?? "";
        var delimiter = query["delimiter"] is { Length: > 0 } text ? text : null;
        var token = query["continuation-token"];
        var page = ListPage.Read(call.Bucket.Objects, prefix, delimiter, After(token, query["start-after"]), maxKeys);

        string Encode(string value) => query["encoding-type"] == "url" ? UriBytes.Encode(value, keepSlash: true) : value;
        return S3Xml.WriteAsync(call.Response, S3Xml.Element("ListBucketResult",
            S3Xml.Element("Name", call.Request.Bucket),
            S3Xml.Element("Prefix", Encode(prefix)),
            delimiter is null ? null : S3Xml.Element("Delimiter", Encode(delimiter)),
            query["start-after"] is { Length: > 0 } after ? S3Xml.Element("StartAfter", Encode(after)) : null,
            token is null ? null : S3Xml.Element("ContinuationToken", token),
            page.Last is null ? null : S3Xml.Element("NextContinuationToken", Token(page.Last)),
            S3Xml.Element("KeyCount", page.Items.Count + page.Prefixes.Count),
            S3Xml.Element("MaxKeys", maxKeys),
            query["encoding-type"] is null ? null : S3Xml.Element("EncodingType", "url"),
            S3Xml.Element("IsTruncated", page.Last is not null),
            page.Items.Select(stored => Describe(stored, Encode(stored.Key), query["fetch-owner"] == "true")),
            page.Prefixes.Select(p => S3Xml.Element("CommonPrefixes", S3Xml.Element("Prefix", Encode(p))))), call.Aborted);
    }

    private static XElement Describe(StoredObject stored, string key, bool withOwner) => S3Xml.Element("Contents",
        S3Xml.Element("Key", key),
        S3Xml.Element("LastModified", S3Time.Iso(stored.LastModified)),
        S3Xml.Element("ETag", $"\"{stored.ETag}\""),
        ChecksumXml.WriteAlgorithm(stored.Checksum), ChecksumXml.WriteType(stored.Checksum),
        S3Xml.Element("Size", stored.Size),
        withOwner ? S3Xml.Element("Owner", BucketOperations.OwnerElements()) : null,
        S3Xml.Element("StorageClass", stored.Attributes.StorageClass));

    private static string Token(string last) => Convert.ToBase64String(Encoding.UTF8.GetBytes(last));

    private static string? After(string? token, string? startAfter)
    {
        if (token is null)
            return startAfter;
        var bytes = new byte[token.Length];
        return token.Length > 0 && Convert.TryFromBase64String(token, bytes, out var length)
            ? Encoding.UTF8.GetString(bytes, 0, length)
            : throw S3Errors.InvalidArgument("The continuation token provided is incorrect", "continuation-token", token);
    }
}
