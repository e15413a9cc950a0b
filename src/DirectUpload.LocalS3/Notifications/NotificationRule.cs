namespace DirectUpload.LocalS3.Notifications;

/// <summary>Represents one configuration of a bucket's notifications: the events and keys to notify about.</summary>
/// <param name="Id">The id, which every record contains.</param>
/// <param name="Arn">The topic or queue; LocalS3 sends all events to its event endpoint.</param>
/// <param name="IsTopic">True for a topic, false for a queue.</param>
/// <param name="Events">The event names, such as <c>s3:ObjectCreated:*</c>.</param>
/// <param name="Prefix">The required prefix of keys; empty for all keys.</param>
/// <param name="Suffix">The required suffix of keys; empty for all keys.</param>
internal sealed record NotificationRule(string Id, string Arn, bool IsTopic, IReadOnlyList<string> Events, string Prefix, string Suffix)
{
    public bool Matches(string name, string key) =>
        key.StartsWith(Prefix, StringComparison.Ordinal) && key.EndsWith(Suffix, StringComparison.Ordinal)
        && Events.Any(configured => EventName.Matches(configured, name));

    /// <summary>Indicates whether an event of a key could match both rules, which S3 does not allow.</summary>
    public bool Overlaps(NotificationRule other) =>
        (Prefix.StartsWith(other.Prefix, StringComparison.Ordinal) || other.Prefix.StartsWith(Prefix, StringComparison.Ordinal))
        && (Suffix.EndsWith(other.Suffix, StringComparison.Ordinal) || other.Suffix.EndsWith(Suffix, StringComparison.Ordinal))
        && Events.Any(mine => other.Events.Any(theirs => EventName.Overlaps(mine, theirs)));
}
