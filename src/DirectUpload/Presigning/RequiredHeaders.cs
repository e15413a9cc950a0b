using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace DirectUpload.Presigning;

/// <summary>Contains the signed headers that a client must set: all but Content-Length, which HTTP clients set themselves.</summary>
/// <remarks>There are only a few headers, so a linear search is faster than hashing and needs no further memory.</remarks>
internal sealed class RequiredHeaders(SignedHeader[] signed) : IReadOnlyDictionary<string, string>
{
    public static readonly RequiredHeaders None = new([]);

    public string this[string key] => TryGetValue(key, out var value)
        ? value
        : throw new KeyNotFoundException($"The signed headers do not contain \"{key}\".");

    public IEnumerable<string> Keys => this.Select(header => header.Key);

    public IEnumerable<string> Values => this.Select(header => header.Value);

    public int Count => signed.Count(IsSent);

    public static RequiredHeaders Create(SignedHeader[] signed) => signed.Length == 0 ? None : new(signed);

    public bool ContainsKey(string key) => TryGetValue(key, out _);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value)
    {
        foreach (var header in signed)
        {
            if (header.Name.Text == key && IsSent(header))
            {
                value = header.Value;
                return true;
            }
        }

        value = null;
        return false;
    }

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator()
    {
        foreach (var header in signed)
        {
            if (IsSent(header))
                yield return new(header.Name.Text, header.Value);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static bool IsSent(SignedHeader header) => header.Name != HeaderName.ContentLength;
}
