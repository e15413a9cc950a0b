using DirectUpload.LocalS3.Objects;

namespace DirectUpload.LocalS3.Lifecycle;

/// <summary>Finds the versions of a key that lifecycle rules delete permanently.</summary>
/// <remarks>
/// These are versions that have been noncurrent for enough days, beyond the number to keep, and a delete marker without other versions.
/// </remarks>
internal static class NoncurrentVersionExpiration
{
    /// <param name="versions">A key's versions, newest first.</param>
    /// <param name="rules">The bucket's rules.</param>
    /// <param name="now">The current time.</param>
    public static IEnumerable<(StoredObject Version, string RuleId)> GetExpired(
        IReadOnlyList<StoredObject> versions, IReadOnlyList<LifecycleRule> rules, DateTimeOffset now)
    {
        if (versions is [{ IsDeleteMarker: true } marker]
            && rules.FirstOrDefault(rule => rule.RemovesDeleteMarker(marker, now)) is { } remover)
            yield return (marker, remover.Id);
        for (var at = 1; at < versions.Count; at++)
        {
            // A version became noncurrent when the next newer one was written.
            var since = versions[at - 1].LastModified;
            if (rules.FirstOrDefault(rule => rule.GetNoncurrentExpirationTime(versions[at], since, at) <= now) is { } rule)
                yield return (versions[at], rule.Id);
        }
    }
}
