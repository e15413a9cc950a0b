using System.Runtime.InteropServices;

namespace DirectUpload.Stores;

/// <summary>Lists the ids of records by a key, in the order of their creation.</summary>
/// <remarks>Ids sort by time, so a new record is appended. Counting recent records reads neither other records nor other memory.</remarks>
internal sealed class RecordIndex<TKey>
    where TKey : notnull
{
    private readonly Dictionary<TKey, List<(UploadId Id, DateTimeOffset CreatedAt)>> _lists = [];

    public void Add(TKey key, UploadRecord record)
    {
        var list = CollectionsMarshal.GetValueRefOrAddDefault(_lists, key, out _) ??= new(1);
        var at = list.BinarySearch((record.Id, record.CreatedAt));
        if (at < 0)
            list.Insert(~at, (record.Id, record.CreatedAt));
    }

    public void Remove(TKey key, UploadRecord record)
    {
        if (!_lists.TryGetValue(key, out var list) || list.BinarySearch((record.Id, record.CreatedAt)) is not (>= 0 and var at))
            return;
        list.RemoveAt(at);
        if (list.Count == 0)
            _lists.Remove(key);
    }

    public IEnumerable<UploadId> GetNewestFirst(TKey key)
    {
        if (!_lists.TryGetValue(key, out var list))
            yield break;
        for (var at = list.Count - 1; at >= 0; at--)
            yield return list[at].Id;
    }

    /// <summary>Counts the records that were created after a time, up to a limit.</summary>
    public int CountCreated(TKey key, DateTimeOffset since, int limit)
    {
        if (!_lists.TryGetValue(key, out var list))
            return 0;
        // No more records than the limit need no search for the first of them.
        var first = list.Count <= limit
            ? 0
            : list.BinarySearch((UploadId.CreateLowerBound(since - UploadId.MaxAgeAtCreation), DateTimeOffset.MinValue));
        if (first < 0)
            first = ~first;
        var count = 0;
        for (var at = list.Count - 1; at >= first && count < limit; at--)
        {
            if (list[at].CreatedAt > since)
                count++;
        }

        return count;
    }
}
