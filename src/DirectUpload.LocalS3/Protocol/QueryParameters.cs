namespace DirectUpload.LocalS3.Protocol;

/// <summary>Contains the decoded query parameters in their original order; S3's parameter names are case-sensitive.</summary>
internal sealed class QueryParameters
{
    private readonly List<KeyValuePair<string, string>> _items = [];

    public static QueryParameters Parse(ReadOnlySpan<char> query)
    {
        var result = new QueryParameters();
        foreach (var range in query.Split('&'))
        {
            var pair = query[range];
            if (pair.IsEmpty)
                continue;
            var equals = pair.IndexOf('=');
            var name = equals < 0 ? pair : pair[..equals];
            var value = equals < 0 ? [] : pair[(equals + 1)..];
            result._items.Add(new(UriEncoding.DecodeText(name, plusIsSpace: true), UriEncoding.DecodeText(value, plusIsSpace: true)));
        }
        return result;
    }

    public IEnumerable<string> Names => _items.Select(item => item.Key);

    public IEnumerable<KeyValuePair<string, string>> Items => _items;

    public string? this[string name] => _items.Find(item => item.Key == name).Value;

    public bool Contains(string name) => _items.Exists(item => item.Key == name);

    /// <summary>
    /// Builds the canonical query string: all parameters except the signature, encoded again, sorted by name and then by value.
    /// </summary>
    public string ToCanonicalString() =>
        string.Join('&', _items
            .Where(item => item.Key != "X-Amz-Signature")
            .Select(item => (Name: UriEncoding.Encode(item.Key), Value: UriEncoding.Encode(item.Value)))
            .OrderBy(item => item.Name, StringComparer.Ordinal).ThenBy(item => item.Value, StringComparer.Ordinal)
            .Select(item => $"{item.Name}={item.Value}"));
}
