using System.Globalization;
using DirectUpload.LocalS3.Objects;
using DirectUpload.LocalS3.Operations;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Multipart;

/// <summary>Handles ListParts.</summary>
internal static class ListParts
{
    public static Task HandleAsync(S3OperationContext call)
    {
        var query = call.Request.Query;
        var upload = UploadReference.Find(call);
        var size = PageSize.Read(query, "max-parts");
        var marker = ReadMarker(query["part-number-marker"]);
        // The part after the page shows whether another page follows; earlier parts are not visited.
        var rest = Enumerable.Range(1, PartNumber.Max).Skip(marker).Select(number => upload.Parts.GetValueOrDefault(number))
            .OfType<StoredPart>().Take(size + 1).ToList();
        var parts = rest.Take(size).ToList();
        var last = parts.Count > 0 ? parts[^1].Number : marker;
        var isAsked = upload.Stored.Checksum.IsAsked;

        return S3Xml.WriteAsync(call.Response, S3Xml.Element("ListPartsResult",
            S3Xml.Element("Bucket", call.Request.Bucket),
            S3Xml.Element("Key", PageSize.Encode(query, upload.Stored.Key)),
            S3Xml.Element("UploadId", upload.Stored.Id),
            S3Xml.Element("Initiator", BucketOperations.OwnerElements()),
            S3Xml.Element("Owner", BucketOperations.OwnerElements()),
            S3Xml.Element("StorageClass", upload.Stored.Attributes.StorageClass),
            isAsked ? S3Xml.Element("ChecksumAlgorithm", upload.Stored.Checksum.Algorithm) : null,
            isAsked ? S3Xml.Element("ChecksumType", upload.Stored.Checksum.Type) : null,
            S3Xml.Element("PartNumberMarker", marker),
            S3Xml.Element("NextPartNumberMarker", last),
            S3Xml.Element("MaxParts", size),
            S3Xml.Element("IsTruncated", size > 0 && rest.Count > size),
            parts.Select(part => S3Xml.Element("Part",
                S3Xml.Element("PartNumber", part.Number),
                S3Xml.Element("LastModified", S3DateTime.FormatIso(part.LastModified)),
                S3Xml.Element("ETag", $"\"{part.ETag}\""),
                S3Xml.Element("Size", part.Size),
                isAsked ? ChecksumXml.Write(part.Checksum) : null))), call.RequestAborted);
    }

    private static int ReadMarker(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return 0;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var marker)
            ? marker
            : throw S3Errors.InvalidArgument("Provided part-number-marker not an integer or within integer range", "part-number-marker",
                text);
    }
}
