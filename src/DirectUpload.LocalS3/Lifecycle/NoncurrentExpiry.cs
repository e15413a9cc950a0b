using DirectUpload.LocalS3.Storage;

namespace DirectUpload.LocalS3.Lifecycle;

/// <summary>
/// Which of a key's versions go for good: those that have not been current for so many days, beyond a number that is kept; and a delete marker
/// that nothing is behind any more.
/// </summary>
internal static class NoncurrentExpiry
{
    /// <param name="versions">A key's versions, newest first.</param>
    /// <param name="rules">The bucket's rules.</param>
    /// <param name="now">The time.</param>
    public static IEnumerable<(StoredObject Version, string RuleId)> Of(
        IReadOnlyList<StoredObject> versions, IReadOnlyList<LifecycleRule> rules, DateTimeOffset now)
    {
        if (versions is [{ IsDeleteMarker: true } marker] && rules.FirstOrDefault(rule => rule.RemovesMarker(marker, now)) is { } remover)
            yield return (marker, remover.Id);
        for (var at = 1; at < versions.Count; at++)
        {
            // It stopped being current when the next newer one came.
            var since = versions[at - 1].LastModified;
            if (rules.FirstOrDefault(rule => rule.NoncurrentExpiryOf(versions[at], since, at) <= now) is { } rule)
                yield return (versions[at], rule.Id);
        }
    }
}
