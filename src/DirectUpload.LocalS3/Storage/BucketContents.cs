using System.Collections.Immutable;

namespace DirectUpload.LocalS3.Storage;

/// <summary>All that a bucket holds at one moment.</summary>
/// <param name="Objects">The current objects in the order of their keys' UTF-8 bytes; a key whose newest version is a delete marker has none.</param>
/// <param name="Versions">The versions of every key, newest first.</param>
internal sealed record BucketContents(
    ImmutableSortedDictionary<string, StoredObject> Objects, ImmutableSortedDictionary<string, ImmutableList<StoredObject>> Versions)
{
    public static BucketContents Of(IEnumerable<StoredObject> stored)
    {
        var versions = stored.GroupBy(version => version.Key, StringComparer.Ordinal)
            .ToImmutableSortedDictionary(
                group => group.Key, group => group.OrderByDescending(version => version.Sequence).ToImmutableList(), KeyOrder.Utf8);
        return new(versions.Where(entry => !entry.Value[0].IsDeleteMarker)
            .ToImmutableSortedDictionary(entry => entry.Key, entry => entry.Value[0], KeyOrder.Utf8), versions);
    }

    /// <summary>The newest version, which may be a delete marker.</summary>
    public StoredObject? Newest(string key) => Versions.GetValueOrDefault(key)?[0];

    public StoredObject? Find(string key, string versionId) => Versions.GetValueOrDefault(key)?.Find(version => version.PublicVersionId == versionId);

    /// <summary>With this version, in the place of the one that has the same id.</summary>
    public BucketContents With(StoredObject stored)
    {
        var others = Others(stored);
        var newer = others.TakeWhile(version => version.Sequence > stored.Sequence).Count();
        return WithVersions(stored.Key, others.Insert(newer, stored));
    }

    public BucketContents Without(StoredObject stored) => WithVersions(stored.Key, Others(stored));

    private ImmutableList<StoredObject> Others(StoredObject stored) =>
        (Versions.GetValueOrDefault(stored.Key) ?? []).RemoveAll(version => version.VersionId == stored.VersionId);

    private BucketContents WithVersions(string key, ImmutableList<StoredObject> versions) => new(
        versions.IsEmpty || versions[0].IsDeleteMarker ? Objects.Remove(key) : Objects.SetItem(key, versions[0]),
        versions.IsEmpty ? Versions.Remove(key) : Versions.SetItem(key, versions));
}
