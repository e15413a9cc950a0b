using System.Collections.Immutable;
using DirectUpload.LocalS3.Objects;

namespace DirectUpload.LocalS3.Storage;

/// <summary>Represents a snapshot of a bucket's contents.</summary>
/// <param name="Objects">The current objects in the order of their keys' UTF-8 bytes, without keys whose newest version is a delete
/// marker.</param>
/// <param name="Versions">The versions of every key, newest first.</param>
internal sealed record BucketContents(
    ImmutableSortedDictionary<string, StoredObject> Objects, ImmutableSortedDictionary<string, ImmutableList<StoredObject>> Versions)
{
    /// <summary>The current objects as a set, in which a listing finds the start of a page by bisection.</summary>
    public required ImmutableSortedSet<StoredObject> ListedObjects { get; init; }

    /// <summary>All versions as a set, for the same purpose.</summary>
    public required ImmutableSortedSet<StoredObject> ListedVersions { get; init; }

    public static BucketContents Create(IEnumerable<StoredObject> stored)
    {
        var versions = stored.GroupBy(version => version.Key, StringComparer.Ordinal)
            .ToImmutableSortedDictionary(
                group => group.Key, group => group.OrderByDescending(version => version.Sequence).ToImmutableList(),
                Utf8KeyComparer.Instance);
        var objects = versions.Where(entry => !entry.Value[0].IsDeleteMarker)
            .ToImmutableSortedDictionary(entry => entry.Key, entry => entry.Value[0], Utf8KeyComparer.Instance);
        return new(objects, versions)
        {
            ListedObjects = objects.Values.ToImmutableSortedSet(ListingOrder.Objects),
            ListedVersions = versions.Values.SelectMany(all => all).ToImmutableSortedSet(ListingOrder.Versions),
        };
    }

    /// <summary>Returns the newest version, which may be a delete marker.</summary>
    public StoredObject? GetNewest(string key) => Versions.GetValueOrDefault(key)?[0];

    public StoredObject? Find(string key, string versionId) =>
        Versions.GetValueOrDefault(key)?.Find(version => version.PublicVersionId == versionId);

    /// <summary>Returns contents with this version, which replaces the version with the same id.</summary>
    public BucketContents With(StoredObject stored)
    {
        var contents = Without(stored);
        var others = contents.Versions.GetValueOrDefault(stored.Key) ?? [];
        var newer = others.TakeWhile(version => version.Sequence > stored.Sequence).Count();
        return contents.WithVersions(
            stored.Key, others.Insert(newer, stored), contents.ListedVersions.Add(stored));
    }

    public BucketContents Without(StoredObject stored) => Find(stored.Key, stored.PublicVersionId) is { } replaced
        ? WithVersions(stored.Key, Versions[stored.Key].Remove(replaced), ListedVersions.Remove(replaced))
        : this;

    private BucketContents WithVersions(
        string key, ImmutableList<StoredObject> versions, ImmutableSortedSet<StoredObject> listedVersions)
    {
        var current = versions.IsEmpty || versions[0].IsDeleteMarker ? null : versions[0];
        var others = Objects.TryGetValue(key, out var previous) ? ListedObjects.Remove(previous) : ListedObjects;
        return new(
            current is null ? Objects.Remove(key) : Objects.SetItem(key, current),
            versions.IsEmpty ? Versions.Remove(key) : Versions.SetItem(key, versions))
        {
            ListedObjects = current is null ? others : others.Add(current),
            ListedVersions = listedVersions,
        };
    }
}
