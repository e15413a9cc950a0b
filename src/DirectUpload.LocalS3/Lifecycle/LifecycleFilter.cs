using DirectUpload.LocalS3.Objects;

namespace DirectUpload.LocalS3.Lifecycle;

/// <summary>Represents the objects that a rule applies to; all conditions must match.</summary>
/// <param name="Form">The XML form of the filter, which is kept for later reads.</param>
/// <param name="Prefix">The required prefix of keys; null for all keys.</param>
/// <param name="Tags">The tags, with values, that the object must have.</param>
/// <param name="GreaterThan">The exclusive lower bound of the size in bytes; null for no bound.</param>
/// <param name="LessThan">The exclusive upper bound of the size in bytes; null for no bound.</param>
internal sealed record LifecycleFilter(
    LifecycleFilterForm Form, string? Prefix, IReadOnlyDictionary<string, string> Tags, long? GreaterThan, long? LessThan)
{
    public bool IsByPrefixAlone => Tags.Count == 0 && GreaterThan is null && LessThan is null;

    public bool MatchesKey(string key) => Prefix is null || key.StartsWith(Prefix, StringComparison.Ordinal);

    public bool Matches(StoredObject stored) =>
        MatchesKey(stored.Key)
        && !(stored.Size <= GreaterThan) && !(stored.Size >= LessThan)
        && Tags.All(tag => stored.Attributes.Tags.TryGetValue(tag.Key, out var value) && value == tag.Value);
}

/// <summary>Specifies the XML form of a rule's filter.</summary>
internal enum LifecycleFilterForm
{
    /// <summary>The rule's <c>Prefix</c> element, which is older than filters.</summary>
    BarePrefix,

    /// <summary>A <c>Filter</c> with at most one condition.</summary>
    Single,

    /// <summary>A <c>Filter</c> with an <c>And</c> element around its conditions.</summary>
    And,
}
