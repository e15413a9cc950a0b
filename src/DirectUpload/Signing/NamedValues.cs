namespace DirectUpload.Signing;

/// <summary>Collects the values that are there, in the order in which they are named, at the cost of one array.</summary>
internal struct NamedValues(int most)
{
    private KeyValuePair<string, string>[]? _items;
    private int _count;

    public void Add(string name, string? value)
    {
        if (value is null)
            return;
        _items ??= new KeyValuePair<string, string>[most];
        _items[_count++] = new(name, value);
    }

    public readonly KeyValuePair<string, string>[] ToArray() =>
        _items is null ? [] : _count == _items.Length ? _items : _items[.._count];
}
