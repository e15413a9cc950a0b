using DirectUpload.LocalS3.Storage;

namespace DirectUpload.LocalS3.Lifecycle;

/// <summary>The objects that a rule is about; all that is given must fit.</summary>
/// <param name="Form">How it was written, to be written so again.</param>
/// <param name="Prefix">Keys that begin so; null for all.</param>
/// <param name="Tags">Tags that the object must have, with these values.</param>
/// <param name="GreaterThan">Bytes, exclusive; null for no bound.</param>
/// <param name="LessThan">Bytes, exclusive; null for no bound.</param>
internal sealed record LifecycleFilter(
    FilterForm Form, string? Prefix, IReadOnlyDictionary<string, string> Tags, long? GreaterThan, long? LessThan)
{
    public bool IsByPrefixAlone => Tags.Count == 0 && GreaterThan is null && LessThan is null;

    public bool FitsKey(string key) => Prefix is null || key.StartsWith(Prefix, StringComparison.Ordinal);

    public bool Fits(StoredObject stored) =>
        FitsKey(stored.Key)
        && !(stored.Size <= GreaterThan) && !(stored.Size >= LessThan)
        && Tags.All(tag => stored.Attributes.Tags.TryGetValue(tag.Key, out var value) && value == tag.Value);
}

/// <summary>The three ways in which a rule names its objects.</summary>
internal enum FilterForm
{
    /// <summary>The rule's own <c>Prefix</c>, from before there were filters.</summary>
    BarePrefix,

    /// <summary>A <c>Filter</c> with one condition or none.</summary>
    Single,

    /// <summary>A <c>Filter</c> whose conditions stand in an <c>And</c>.</summary>
    And,
}
