using System.Collections.Immutable;
using DirectUpload.LocalS3.Storage;

namespace DirectUpload.LocalS3.Operations;

/// <summary>One page of a listing.</summary>
/// <param name="Objects">In the order of their keys.</param>
/// <param name="Prefixes">What lies behind the delimiter, each rolled up into one entry.</param>
/// <param name="Last">The last entry, when more follow; null at the end.</param>
internal sealed record ListPage(IReadOnlyList<StoredObject> Objects, IReadOnlyList<string> Prefixes, string? Last)
{
    public static ListPage Read(
        ImmutableSortedDictionary<string, StoredObject> all, string prefix, string? delimiter, string? after, int size)
    {
        var objects = new List<StoredObject>();
        var prefixes = new List<string>();
        string? last = null;
        foreach (var (key, stored) in all)
        {
            if (!key.StartsWith(prefix, StringComparison.Ordinal) || (after is not null && KeyOrder.Utf8.Compare(key, after) <= 0))
                continue;
            var rolledUp = RollUp(key, prefix, delimiter);
            // A page may end with a rolled-up prefix; the next one must not name it again.
            if (rolledUp is not null
                && (rolledUp == prefixes.LastOrDefault() || (after?.StartsWith(rolledUp, StringComparison.Ordinal) ?? false)))
                continue;
            if (objects.Count + prefixes.Count == size)
                return new(objects, prefixes, last);
            if (rolledUp is null)
                objects.Add(stored);
            else
                prefixes.Add(rolledUp);
            last = rolledUp ?? key;
        }
        return new(objects, prefixes, null);
    }

    private static string? RollUp(string key, string prefix, string? delimiter)
    {
        if (delimiter is null)
            return null;
        var at = key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal);
        return at < 0 ? null : key[..(at + delimiter.Length)];
    }
}
