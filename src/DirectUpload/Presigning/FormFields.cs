using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace DirectUpload.Presigning;

/// <summary>Contains the fields of a form in the order in which to send them.</summary>
/// <remarks>A form has about a dozen fields, so a linear search is faster than hashing their names.</remarks>
internal sealed class FormFields : IReadOnlyDictionary<string, string>
{
    // The usual number of fields; a form with more of them needs a larger array.
    private KeyValuePair<string, string>[] _fields = new KeyValuePair<string, string>[12];

    public string this[string key] => TryGetValue(key, out var value)
        ? value
        : throw new KeyNotFoundException($"The form does not contain the field \"{key}\".");

    public IEnumerable<string> Keys => this.Select(item => item.Key);

    public IEnumerable<string> Values => this.Select(item => item.Value);

    public int Count { get; private set; }

    /// <summary>Gets the fields that were added so far.</summary>
    public ReadOnlySpan<KeyValuePair<string, string>> Span => _fields.AsSpan(0, Count);

    /// <param name="name">The name of the field, which the form must not contain yet.</param>
    /// <param name="value">The value of the field.</param>
    public void Add(string name, string value)
    {
        if (Count == _fields.Length)
            Array.Resize(ref _fields, Count * 2);
        _fields[Count++] = new(name, value);
    }

    public bool ContainsKey(string key) => TryGetValue(key, out _);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value)
    {
        for (var at = 0; at < Count; at++)
        {
            if (_fields[at].Key == key)
            {
                value = _fields[at].Value;
                return true;
            }
        }

        value = null;
        return false;
    }

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => _fields.Take(Count).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
