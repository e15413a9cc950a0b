namespace DirectUpload.LocalS3.Events;

/// <summary>One configuration of a bucket's notifications: which events of which keys are told.</summary>
/// <param name="Id">Its name, which every record carries.</param>
/// <param name="Arn">The topic or queue that it names; whichever it is, LocalS3 tells its own event endpoint.</param>
/// <param name="IsTopic">A topic, otherwise a queue.</param>
/// <param name="Events">Such as <c>s3:ObjectCreated:*</c>.</param>
/// <param name="Prefix">Only keys that begin so; empty for all.</param>
/// <param name="Suffix">Only keys that end so; empty for all.</param>
internal sealed record EventRule(string Id, string Arn, bool IsTopic, IReadOnlyList<string> Events, string Prefix, string Suffix)
{
    public bool Fits(string name, string key) =>
        key.StartsWith(Prefix, StringComparison.Ordinal) && key.EndsWith(Suffix, StringComparison.Ordinal)
        && Events.Any(configured => EventName.Fits(configured, name));

    /// <summary>Some event of some key would fit both, which S3 does not allow.</summary>
    public bool Overlaps(EventRule other) =>
        (Prefix.StartsWith(other.Prefix, StringComparison.Ordinal) || other.Prefix.StartsWith(Prefix, StringComparison.Ordinal))
        && (Suffix.EndsWith(other.Suffix, StringComparison.Ordinal) || other.Suffix.EndsWith(Suffix, StringComparison.Ordinal))
        && Events.Any(mine => other.Events.Any(theirs => EventName.Overlap(mine, theirs)));
}
