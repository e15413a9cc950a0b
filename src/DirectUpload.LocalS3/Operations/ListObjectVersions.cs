using System.Xml.Linq;
using DirectUpload.LocalS3.Objects;
using DirectUpload.LocalS3.Protocol;
using DirectUpload.LocalS3.Storage;

namespace DirectUpload.LocalS3.Operations;

/// <summary>Handles ListObjectVersions: the order is by key, and under one key from the newest version.</summary>
internal static class ListObjectVersions
{
    public static Task HandleAsync(S3OperationContext call)
    {
        var query = call.Request.Query;
        var size = PageSize.Read(query, "max-keys");
        var prefix = query["prefix"] ?? "";
        var delimiter = query["delimiter"] is { Length: > 0 } text ? text : null;
        var keyMarker = query["key-marker"] is { Length: > 0 } marker ? marker : null;
        var contents = call.Bucket.Contents;
        var before = IsBeforeMarker(contents, keyMarker, query["version-id-marker"]);
        var page = ListPage.Read(contents.ListedVersions, version => version.Key, prefix, delimiter,
            keyMarker, size, version => version.Sequence < before);
        var last = page.Items.Count > 0 && page.Items[^1].Key == page.Last ? page.Items[^1] : null;

        return S3Xml.WriteAsync(call.Response, S3Xml.Element("ListVersionsResult",
            S3Xml.Element("Name", call.Request.Bucket),
            S3Xml.Element("Prefix", PageSize.Encode(query, prefix)),
            S3Xml.Element("KeyMarker", PageSize.Encode(query, keyMarker ?? "")),
            S3Xml.Element("VersionIdMarker", query["version-id-marker"] ?? ""),
            page.Last is null ? null : S3Xml.Element("NextKeyMarker", PageSize.Encode(query, page.Last)),
            last is null ? null : S3Xml.Element("NextVersionIdMarker", last.PublicVersionId),
            delimiter is null ? null : S3Xml.Element("Delimiter", PageSize.Encode(query, delimiter)),
            query["encoding-type"] is null ? null : S3Xml.Element("EncodingType", "url"),
            S3Xml.Element("MaxKeys", size),
            S3Xml.Element("IsTruncated", page.Last is not null),
            page.Items.Select(version => Describe(
                version, PageSize.Encode(query, version.Key), ReferenceEquals(contents.GetNewest(version.Key), version))),
            page.Prefixes.Select(p => S3Xml.Element("CommonPrefixes", S3Xml.Element("Prefix", PageSize.Encode(query, p))))),
            call.RequestAborted);
    }

    /// <summary>Returns the sequence number before which the versions of the marker's key remain to be listed.</summary>
    private static long IsBeforeMarker(BucketContents contents, string? keyMarker, string? idMarker)
    {
        if (idMarker is null)
            return long.MinValue;
        if (idMarker.Length == 0)
            throw S3Errors.InvalidArgument("A version-id marker cannot be empty.", "version-id-marker", idMarker);
        if (keyMarker is null)
            throw S3Errors.InvalidArgument(
                "A version-id marker cannot be specified without a key marker.", "version-id-marker", idMarker);
        if (!VersionId.IsWellFormed(idMarker))
            throw S3Errors.InvalidArgument("Invalid version id specified", "version-id-marker", idMarker);
        return idMarker == VersionId.Null
            ? contents.Find(keyMarker, idMarker)?.Sequence ?? long.MinValue
            : VersionId.GetSequence(idMarker);
    }

    private static XElement Describe(StoredObject version, string key, bool isLatest) => version.IsDeleteMarker
        ? S3Xml.Element("DeleteMarker", WriteCommonElements(version, key, isLatest))
        : S3Xml.Element("Version", WriteCommonElements(version, key, isLatest),
            S3Xml.Element("ETag", $"\"{version.ETag}\""),
            ChecksumXml.WriteAlgorithm(version.Checksum), ChecksumXml.WriteType(version.Checksum),
            S3Xml.Element("Size", version.Size),
            S3Xml.Element("StorageClass", version.Attributes.StorageClass));

    private static IEnumerable<XElement> WriteCommonElements(StoredObject version, string key, bool isLatest) =>
    [
        S3Xml.Element("Key", key),
        S3Xml.Element("VersionId", version.PublicVersionId),
        S3Xml.Element("IsLatest", isLatest),
        S3Xml.Element("LastModified", S3DateTime.FormatIso(version.LastModified)),
        S3Xml.Element("Owner", BucketOperations.OwnerElements()),
    ];
}
