using System.Globalization;
using System.Text;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Operations;

/// <summary>Handles ListBuckets: all buckets at once, or in pages of <c>max-buckets</c>.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html</remarks>
internal static class ListBuckets
{
    private const int MaxBuckets = 10_000;

    private static readonly string[] Parameters = ["bucket-region", "continuation-token", "max-buckets", "prefix"];

    public static Task HandleAsync(S3OperationContext call)
    {
        var query = call.Request.Query;
        var size = ReadSize(query["max-buckets"]);
        var after = ReadToken(query["continuation-token"]);
        var region = call.Services.Options.Region;
        var rest = call.Store.Buckets
            .Where(bucket => query["bucket-region"] is null || query["bucket-region"] == region)
            .Where(bucket => bucket.Name.StartsWith(query["prefix"] ?? "", StringComparison.Ordinal))
            .Where(bucket => string.CompareOrdinal(bucket.Name, after) > 0)
            .Take(size + 1).ToList();
        var page = rest.Take(size).ToList();
        var withRegion = Parameters.Any(query.Contains);

        return S3Xml.WriteAsync(call.Response, S3Xml.Element("ListAllMyBucketsResult",
            BucketOperations.DescribeOwner(),
            S3Xml.Element("Buckets", page.Select(bucket => S3Xml.Element("Bucket",
                S3Xml.Element("Name", bucket.Name),
                S3Xml.Element("CreationDate", S3DateTime.FormatIso(bucket.Created)),
                withRegion ? S3Xml.Element("BucketRegion", region) : null))),
            query["prefix"] is { } prefix ? S3Xml.Element("Prefix", prefix) : null,
            rest.Count > page.Count ? S3Xml.Element("ContinuationToken", CreateToken(page[^1].Name)) : null), call.RequestAborted);
    }

    private static int ReadSize(string? text)
    {
        if (text is null)
            return MaxBuckets;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size is >= 1 and <= MaxBuckets
            ? size
            : throw S3Errors.InvalidArgument($"Argument max-buckets must be an integer between 1 and {MaxBuckets}", "max-buckets", text);
    }

    private static string CreateToken(string last) => Convert.ToBase64String(Encoding.UTF8.GetBytes(last));

    private static string ReadToken(string? token)
    {
        if (token is null)
            return "";
        var bytes = new byte[token.Length];
        return token.Length > 0 && Convert.TryFromBase64String(token, bytes, out var length)
            ? Encoding.UTF8.GetString(bytes, 0, length)
            : throw S3Errors.InvalidArgument("The continuation token provided is incorrect", "continuation-token", token);
    }
}
