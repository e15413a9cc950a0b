using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Routing;

/// <summary>Finds the query parameters that select another operation, in alphabetical order.</summary>
/// <remarks>The list contains all parameters of S3, so that LocalS3 does not ignore one.</remarks>
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

    public static string? Find(QueryParameters query)
    {
        var found = query.Names.Where(Names.Contains).Distinct().Order(StringComparer.Ordinal).ToList();
        return found.Count > 1 ? string.Join('&', found) : found.SingleOrDefault();
    }
}
