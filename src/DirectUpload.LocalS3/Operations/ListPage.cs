using System.Collections.Immutable;
using DirectUpload.LocalS3.Objects;
using DirectUpload.LocalS3.Storage;

namespace DirectUpload.LocalS3.Operations;

/// <summary>Represents one page of a listing.</summary>
/// <param name="Items">The items in the order of their keys.</param>
/// <param name="Prefixes">The common prefixes up to the delimiter.</param>
/// <param name="Last">The last key or prefix if more entries follow; null on the last page.</param>
internal sealed record ListPage<T>(IReadOnlyList<T> Items, IReadOnlyList<string> Prefixes, string? Last);

/// <summary>Reads a page of objects, versions or uploads.</summary>
/// <remarks>A page visits its own entries and a logarithmic number of others, so all pages of a bucket take linear time.</remarks>
internal static class ListPage
{
    public static ListPage<StoredObject> Read(
        ImmutableSortedSet<StoredObject> all, string prefix, string? delimiter, string? after, int size) =>
        Read(all, stored => stored.Key, prefix, delimiter, after, size, _ => false);

    /// <param name="all">All items in order.</param>
    /// <param name="keyOf">Returns the key of an item.</param>
    /// <param name="prefix">The prefix of the keys to list.</param>
    /// <param name="delimiter">The delimiter of common prefixes; null for none.</param>
    /// <param name="after">The last entry of the previous page; null for the first page.</param>
    /// <param name="size">The maximum number of entries.</param>
    /// <param name="isAfterWithinKey">Indicates whether an item whose key is <paramref name="after"/> remains to be listed.</param>
    public static ListPage<T> Read<T>(
        ImmutableSortedSet<T> all, Func<T, string> keyOf, string prefix, string? delimiter, string? after, int size,
        Func<T, bool> isAfterWithinKey)
    {
        var items = new List<T>();
        var prefixes = new List<string>();
        string? last = null;
        for (int at = Skip(all, 0, IsBeforePage), next; at < all.Count; at = next)
        {
            var key = keyOf(all[at]);
            if (!key.StartsWith(prefix, StringComparison.Ordinal))
                break;
            var rolledUp = RollUp(key, prefix, delimiter);
            next = rolledUp is null
                ? at + 1
                : Skip(all, at + 1, item => keyOf(item).StartsWith(rolledUp, StringComparison.Ordinal));
            // A page may end with a common prefix; the next page must not repeat it.
            if (rolledUp is not null && after?.StartsWith(rolledUp, StringComparison.Ordinal) == true)
                continue;
            if (items.Count + prefixes.Count == size)
                return new(items, prefixes, last);
            if (rolledUp is null)
                items.Add(all[at]);
            else
                prefixes.Add(rolledUp);
            last = rolledUp ?? key;
        }
        return new(items, prefixes, null);

        bool IsBeforePage(T item)
        {
            var key = keyOf(item);
            return Utf8KeyComparer.Instance.Compare(key, prefix) < 0 || (after is not null && !IsAfter(key, item));
        }

        bool IsAfter(string key, T item) =>
            Utf8KeyComparer.Instance.Compare(key, after) switch { 0 => isAfterWithinKey(item), var order => order > 0 };
    }

    /// <summary>Returns the index of the first item, from an index on, that must not be skipped, by doubled steps and bisection.</summary>
    private static int Skip<T>(ImmutableSortedSet<T> all, int from, Func<T, bool> isSkipped)
    {
        var step = 1;
        var end = from;
        while (end < all.Count && isSkipped(all[end]))
        {
            from = end + 1;
            end += step;
            step *= 2;
        }
        end = Math.Min(end, all.Count);
        while (from < end)
        {
            var middle = from + ((end - from) / 2);
            if (isSkipped(all[middle]))
                from = middle + 1;
            else
                end = middle;
        }
        return from;
    }

    private static string? RollUp(string key, string prefix, string? delimiter)
    {
        if (delimiter is null)
            return null;
        var at = key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal);
        return at < 0 ? null : key[..(at + delimiter.Length)];
    }
}
