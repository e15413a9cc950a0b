using System.Text;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Operations;

/// <summary>Handles ListObjectsV2.</summary>
internal static class ListObjectsV2
{
    public static Task HandleAsync(S3OperationContext call)
    {
        var query = call.Request.Query;
        if (query["list-type"] != "2")
            throw S3Errors.InvalidArgument("Invalid List Type specified in Request", "list-type", query["list-type"]!);
        var asked = ListRequest.Read(query);
        var token = query["continuation-token"];
        var page = ListPage.Read(
            call.Bucket.Contents.ListedObjects, asked.Prefix, asked.Delimiter, GetStartAfter(token, query["start-after"]), asked.MaxKeys);

        return S3Xml.WriteAsync(call.Response, S3Xml.Element("ListBucketResult",
            S3Xml.Element("Name", call.Request.Bucket),
            S3Xml.Element("Prefix", asked.Encode(asked.Prefix)),
            asked.Delimiter is null ? null : S3Xml.Element("Delimiter", asked.Encode(asked.Delimiter)),
            query["start-after"] is { Length: > 0 } after ? S3Xml.Element("StartAfter", asked.Encode(after)) : null,
            token is null ? null : S3Xml.Element("ContinuationToken", token),
            page.Last is null ? null : S3Xml.Element("NextContinuationToken", ReadToken(page.Last)),
            S3Xml.Element("KeyCount", page.Items.Count + page.Prefixes.Count),
            S3Xml.Element("MaxKeys", asked.MaxKeys),
            asked.IsEncoded ? S3Xml.Element("EncodingType", "url") : null,
            S3Xml.Element("IsTruncated", page.Last is not null),
            asked.Describe(page, withOwner: query["fetch-owner"] == "true")), call.RequestAborted);
    }

    private static string ReadToken(string last) => Convert.ToBase64String(Encoding.UTF8.GetBytes(last));

    private static string? GetStartAfter(string? token, string? startAfter)
    {
        if (token is null)
            return startAfter;
        var bytes = new byte[token.Length];
        return token.Length > 0 && Convert.TryFromBase64String(token, bytes, out var length)
            ? Encoding.UTF8.GetString(bytes, 0, length)
            : throw S3Errors.InvalidArgument("The continuation token provided is incorrect", "continuation-token", token);
    }
}
