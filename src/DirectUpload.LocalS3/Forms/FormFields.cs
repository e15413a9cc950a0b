namespace DirectUpload.LocalS3.Forms;

/// <summary>The fields before the file. Their names are case-insensitive; a name may come once.</summary>
internal sealed class FormFields
{
    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    public IEnumerable<string> Names => _values.Keys;

    public string? this[string name]
    {
        get => _values.GetValueOrDefault(name);
        set => _values[name] = value!;
    }

    public bool TryAdd(string name, string value) => _values.TryAdd(name, value);

    public IEnumerable<KeyValuePair<string, string>> StartingWith(string prefix) =>
        _values.Where(field => field.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    /// <summary>Puts the file's name, without its folders, wherever a field says <c>${filename}</c>. The policy sees the result.</summary>
    public void ExpandFileName(string fileName)
    {
        var name = fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..];
        foreach (var field in Names.Where(field => !IsOutsidePolicy(field)).ToList())
            _values[field] = _values[field].Replace("${filename}", name, StringComparison.Ordinal);
    }

    /// <summary>The fields that no condition needs to name.</summary>
    public static bool IsOutsidePolicy(string name) =>
        name.Equals("policy", StringComparison.OrdinalIgnoreCase)
        || name.Equals("x-amz-signature", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("x-ignore-", StringComparison.OrdinalIgnoreCase);
}
