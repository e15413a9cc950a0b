namespace DirectUpload.LocalS3.Notifications;

/// <summary>Defines the event names of a record; a configuration adds the prefix <c>s3:</c>.</summary>
/// <remarks>
/// Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html
/// </remarks>
internal static class EventName
{
    public const string Put = "ObjectCreated:Put";
    public const string Post = "ObjectCreated:Post";
    public const string Copy = "ObjectCreated:Copy";
    public const string CompleteMultipartUpload = "ObjectCreated:CompleteMultipartUpload";
    public const string Delete = "ObjectRemoved:Delete";
    public const string DeleteMarkerCreated = "ObjectRemoved:DeleteMarkerCreated";
    public const string Expired = "LifecycleExpiration:Delete";
    public const string ExpiredByMarker = "LifecycleExpiration:DeleteMarkerCreated";
    public const string TagsPut = "ObjectTagging:Put";
    public const string TagsDeleted = "ObjectTagging:Delete";
    public const string AclPut = "ObjectAcl:Put";

    private const string Prefix = "s3:";

    // The names that a configuration may contain. LocalS3 never raises some of them, but they are valid.
    private static readonly HashSet<string> Configurable = new(StringComparer.Ordinal)
    {
        Put, Post, Copy, CompleteMultipartUpload, "ObjectCreated:*",
        Delete, DeleteMarkerCreated, "ObjectRemoved:*",
        Expired, ExpiredByMarker, "LifecycleExpiration:*", "LifecycleTransition",
        TagsPut, TagsDeleted, "ObjectTagging:*", AclPut,
        "ObjectRestore:Post", "ObjectRestore:Completed", "ObjectRestore:Delete", "ObjectRestore:*",
        "Replication:OperationFailedReplication", "Replication:OperationMissedThreshold", "Replication:OperationReplicatedAfterThreshold",
        "Replication:OperationNotTracked", "Replication:*", "ReducedRedundancyLostObject", "IntelligentTiering",
    };

    public static bool IsConfigurable(string configured) =>
        configured.StartsWith(Prefix, StringComparison.Ordinal) && Configurable.Contains(configured[Prefix.Length..]);

    /// <summary>
    /// Indicates whether a configured name, such as <c>s3:ObjectCreated:*</c>, matches an event or another configured name.
    /// </summary>
    public static bool Matches(string configured, string name) =>
        configured[Prefix.Length..] is var pattern && (pattern.EndsWith('*')
            ? name.StartsWith(pattern[..^1], StringComparison.Ordinal)
            : pattern == name || (name.EndsWith('*') && pattern.StartsWith(name[..^1], StringComparison.Ordinal)));

    public static bool Overlaps(string configured, string other) => Matches(configured, other[Prefix.Length..]);
}
