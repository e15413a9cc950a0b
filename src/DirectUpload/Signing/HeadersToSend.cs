using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace DirectUpload.Signing;

/// <summary>
/// The signed headers that a client must set: all but Content-Length, which is its own business. A handful, so that looking through them is quicker
/// than hashing, and nothing but the list itself is kept.
/// </summary>
internal sealed class HeadersToSend(SignedHeader[] signed) : IReadOnlyDictionary<string, string>
{
    public static readonly HeadersToSend None = new([]);

    public string this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"No header {key} is signed.");

    public IEnumerable<string> Keys => this.Select(header => header.Key);

    public IEnumerable<string> Values => this.Select(header => header.Value);

    public int Count => signed.Count(IsSent);

    public static HeadersToSend Of(SignedHeader[] signed) => signed.Length == 0 ? None : new(signed);

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

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() =>
        signed.Where(IsSent).Select(header => KeyValuePair.Create(header.Name.Text, header.Value)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static bool IsSent(SignedHeader header) => header.Name != HeaderName.ContentLength;
}
