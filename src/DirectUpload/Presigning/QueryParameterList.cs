namespace DirectUpload.Presigning;

/// <summary>Collects the query parameters that have a value, in one array; the caller adds them in the order of their names.</summary>
internal struct QueryParameterList(int maxCount)
{
    private KeyValuePair<string, string>[]? _items;
    private int _count;

    public void Add(string name, string? value)
    {
        if (value is null)
            return;
        _items ??= new KeyValuePair<string, string>[maxCount];
        _items[_count++] = new(name, value);
    }

    public readonly KeyValuePair<string, string>[] ToArray() =>
        _items is null ? [] : _count == _items.Length ? _items : _items[.._count];
}
