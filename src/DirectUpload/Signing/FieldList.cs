using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace DirectUpload.Signing;

/// <summary>A form's fields in sending order: a dozen, so that looking through them is quicker than hashing each of their names.</summary>
internal sealed class FieldList : IReadOnlyDictionary<string, string>
{
    // What a form usually has; more only costs another array.
    private KeyValuePair<string, string>[] _fields = new KeyValuePair<string, string>[12];

    public string this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"The form has no field {key}.");

    public IEnumerable<string> Keys => this.Select(item => item.Key);

    public IEnumerable<string> Values => this.Select(item => item.Value);

    public int Count { get; private set; }

    /// <summary>The fields so far.</summary>
    public ReadOnlySpan<KeyValuePair<string, string>> Span => _fields.AsSpan(0, Count);

    /// <param name="name">A name that the form does not have yet.</param>
    /// <param name="value">Its value.</param>
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
