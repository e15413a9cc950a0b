using System.Xml.Linq;
using DirectUpload.LocalS3.Objects;
using DirectUpload.LocalS3.Operations;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Multipart;

/// <summary>Handles ListMultipartUploads: the order is by key, and under one key by age.</summary>
internal static class ListMultipartUploads
{
    public static Task HandleAsync(S3OperationContext call)
    {
        var query = call.Request.Query;
        var size = PageSize.Read(query, "max-uploads");
        var prefix = query["prefix"] ?? "";
        var delimiter = query["delimiter"] is { Length: > 0 } text ? text : null;
        var keyMarker = query["key-marker"] is { Length: > 0 } marker ? marker : null;
        // Without a key marker S3 ignores the upload id marker.
        var idMarker = keyMarker is null ? "" : query["upload-id-marker"] ?? "";
        if (idMarker.Length > 0 && !UploadReference.IsWellFormed(idMarker))
            throw S3Errors.InvalidArgument("Invalid uploadId marker", "upload-id-marker", idMarker);
        var page = ListPage.Read(call.Bucket.Uploads.Listed, upload => upload.Key, prefix, delimiter,
            keyMarker, size, upload => idMarker.Length > 0 && string.CompareOrdinal(upload.Id, idMarker) > 0);
        var last = page.Items.Count > 0 && page.Items[^1].Key == page.Last ? page.Items[^1].Id : "";

        return S3Xml.WriteAsync(call.Response, S3Xml.Element("ListMultipartUploadsResult",
            S3Xml.Element("Bucket", call.Request.Bucket),
            S3Xml.Element("KeyMarker", PageSize.Encode(query, keyMarker ?? "")),
            S3Xml.Element("UploadIdMarker", idMarker),
            page.Last is null ? null : S3Xml.Element("NextKeyMarker", PageSize.Encode(query, page.Last)),
            page.Last is null ? null : S3Xml.Element("NextUploadIdMarker", last),
            S3Xml.Element("Prefix", PageSize.Encode(query, prefix)),
            delimiter is null ? null : S3Xml.Element("Delimiter", PageSize.Encode(query, delimiter)),
            query["encoding-type"] is null ? null : S3Xml.Element("EncodingType", "url"),
            S3Xml.Element("MaxUploads", size),
            S3Xml.Element("IsTruncated", page.Last is not null),
            page.Items.Select(upload => Describe(upload, PageSize.Encode(query, upload.Key))),
            page.Prefixes.Select(p => S3Xml.Element("CommonPrefixes", S3Xml.Element("Prefix", PageSize.Encode(query, p))))),
            call.RequestAborted);
    }

    private static XElement Describe(StoredUpload upload, string key) => S3Xml.Element("Upload",
        S3Xml.Element("Key", key),
        S3Xml.Element("UploadId", upload.Id),
        S3Xml.Element("Initiator", BucketOperations.OwnerElements()),
        S3Xml.Element("Owner", BucketOperations.OwnerElements()),
        S3Xml.Element("StorageClass", upload.Attributes.StorageClass),
        S3Xml.Element("Initiated", S3DateTime.FormatIso(upload.Initiated)),
        upload.Checksum.IsAsked ? S3Xml.Element("ChecksumAlgorithm", upload.Checksum.Algorithm) : null,
        upload.Checksum.IsAsked ? S3Xml.Element("ChecksumType", upload.Checksum.Type) : null);
}
