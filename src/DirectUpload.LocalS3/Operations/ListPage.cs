using System.Collections.Immutable;
using DirectUpload.LocalS3.Storage;

namespace DirectUpload.LocalS3.Operations;

/// <summary>One page of a listing.</summary>
/// <param name="Items">In the order of their keys.</param>
/// <param name="Prefixes">What lies behind the delimiter, each rolled up into one entry.</param>
/// <param name="Last">The last entry, a key or a prefix, when more follow; null at the end.</param>
internal sealed record ListPage<T>(IReadOnlyList<T> Items, IReadOnlyList<string> Prefixes, string? Last);

/// <summary>Reads a page: of objects, of their versions, of uploads.</summary>
internal static class ListPage
{
    public static ListPage<StoredObject> Read(
        ImmutableSortedDictionary<string, StoredObject> all, string prefix, string? delimiter, string? after, int size) =>
        Read(all.Values, stored => stored.Key, prefix, delimiter, after, size, _ => false);

    /// <param name="all">In order.</param>
    /// <param name="keyOf">An item's key.</param>
    /// <param name="prefix">Which keys to list.</param>
    /// <param name="delimiter">Where to roll up; null for nowhere.</param>
    /// <param name="after">The entry that ended the page before; null for the first page.</param>
    /// <param name="size">The most entries.</param>
    /// <param name="isAfterWithinKey">Whether an item whose key is <paramref name="after"/> is still to be listed.</param>
    public static ListPage<T> Read<T>(
        IEnumerable<T> all, Func<T, string> keyOf, string prefix, string? delimiter, string? after, int size, Func<T, bool> isAfterWithinKey)
    {
        var items = new List<T>();
        var prefixes = new List<string>();
        string? last = null;
        foreach (var item in all)
        {
            var key = keyOf(item);
            if (!key.StartsWith(prefix, StringComparison.Ordinal) || (after is not null && !IsAfter(key, item)))
                continue;
            var rolledUp = RollUp(key, prefix, delimiter);
            // A page may end with a rolled-up prefix; the next one must not name it again.
            if (rolledUp is not null
                && (rolledUp == prefixes.LastOrDefault() || (after?.StartsWith(rolledUp, StringComparison.Ordinal) ?? false)))
                continue;
            if (items.Count + prefixes.Count == size)
                return new(items, prefixes, last);
            if (rolledUp is null)
                items.Add(item);
            else
                prefixes.Add(rolledUp);
            last = rolledUp ?? key;
        }
        return new(items, prefixes, null);

        bool IsAfter(string key, T item) =>
            KeyOrder.Utf8.Compare(key, after) switch { 0 => isAfterWithinKey(item), var order => order > 0 };
    }

    private static string? RollUp(string key, string prefix, string? delimiter)
    {
        if (delimiter is null)
            return null;
        var at = key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal);
        return at < 0 ? null : key[..(at + delimiter.Length)];
    }
}
