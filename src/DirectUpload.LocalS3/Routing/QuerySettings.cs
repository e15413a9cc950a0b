using DirectUpload.LocalS3.Multipart;
using DirectUpload.LocalS3.Operations;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Routing;

/// <summary>
/// Refuses each query parameter of S3 that an operation does not honor; <see cref="SubResource"/> lists those that select one.
/// </summary>
internal static class QuerySettings
{
    private static readonly string[] OfReads =
    [
        "response-cache-control", "response-content-disposition", "response-content-encoding", "response-content-language",
        "response-content-type", "response-expires",
    ];

    private static readonly string[] OfPages = ["delimiter", "encoding-type", "prefix"];

    private static readonly Dictionary<S3Operation, string[]> ByOperation = new()
    {
        [GetObject.HandleAsync] = OfReads,
        [ListBuckets.HandleAsync] = ["bucket-region", "continuation-token", "max-buckets", "prefix"],
        [ListObjectsV1.HandleAsync] = [.. OfPages, "marker", "max-keys"],
        [ListObjectsV2.HandleAsync] = [.. OfPages, "continuation-token", "fetch-owner", "max-keys", "start-after"],
        [ListObjectVersions.HandleAsync] = [.. OfPages, "key-marker", "max-keys", "version-id-marker"],
        [ListMultipartUploads.HandleAsync] = [.. OfPages, "key-marker", "max-uploads", "upload-id-marker"],
        [ListParts.HandleAsync] = ["encoding-type", "max-parts", "part-number-marker"],
    };

    private static readonly HashSet<string> Known = new(ByOperation.Values.SelectMany(names => names), StringComparer.Ordinal)
    {
        "id", "max-directory-buckets", "metadataInventoryTable", "metadataJournalTable",
    };

    public static void Check(S3Request request, S3Operation operation)
    {
        var honored = ByOperation.GetValueOrDefault(operation) ?? [];
        if (request.Query.Names.FirstOrDefault(name => Known.Contains(name) && !honored.Contains(name)) is { } ignored)
            throw S3Errors.NotImplemented(ignored);
    }
}
