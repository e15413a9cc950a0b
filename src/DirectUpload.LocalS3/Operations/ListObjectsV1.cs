using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Operations;

/// <summary>Handles ListObjects (version 1), where each page continues after a marker key.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjects.html</remarks>
internal static class ListObjectsV1
{
    public static Task HandleAsync(S3OperationContext call)
    {
        var asked = ListRequest.Read(call.Request.Query);
        var marker = call.Request.Query["marker"] ?? "";
        var page = ListPage.Read(call.Bucket.Contents.ListedObjects, asked.Prefix, asked.Delimiter, marker, asked.MaxKeys);
        return S3Xml.WriteAsync(call.Response, S3Xml.Element("ListBucketResult",
            S3Xml.Element("Name", call.Request.Bucket),
            S3Xml.Element("Prefix", asked.Encode(asked.Prefix)),
            S3Xml.Element("Marker", asked.Encode(marker)),
            // Without a delimiter the last key is the next marker, so S3 omits NextMarker.
            page.Last is null || asked.Delimiter is null ? null : S3Xml.Element("NextMarker", asked.Encode(page.Last)),
            S3Xml.Element("MaxKeys", asked.MaxKeys),
            asked.Delimiter is null ? null : S3Xml.Element("Delimiter", asked.Encode(asked.Delimiter)),
            asked.IsEncoded ? S3Xml.Element("EncodingType", "url") : null,
            S3Xml.Element("IsTruncated", page.Last is not null),
            asked.Describe(page, withOwner: true)), call.RequestAborted);
    }
}
