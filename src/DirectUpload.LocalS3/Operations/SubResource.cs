using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Operations;

/// <summary>
/// The query parameters that turn a request into another operation. All that S3 has are named, so that none is overlooked.
/// Several together are named in alphabetical order.
/// </summary>
internal static class SubResource
{
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "accelerate", "acl", "analytics", "append", "attributes", "cors", "delete", "encryption", "intelligent-tiering", "inventory",
        "legal-hold", "lifecycle", "list-type", "location", "logging", "metadataConfiguration", "metadataTable", "metrics", "notification",
        "object-lock", "ownershipControls", "partNumber", "policy", "policyStatus", "publicAccessBlock", "renameObject", "replication",
        "requestPayment", "restore", "retention", "select", "select-type", "session", "tagging", "torrent", "uploadId", "uploads",
        "versionId", "versioning", "versions", "website",
    };

    public static string? Of(QueryParameters query)
    {
        var found = query.Names.Where(Names.Contains).Distinct().Order(StringComparer.Ordinal).ToList();
        return found.Count > 1 ? string.Join('&', found) : found.SingleOrDefault();
    }
}
