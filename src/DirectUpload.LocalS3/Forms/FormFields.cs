namespace DirectUpload.LocalS3.Forms;

/// <summary>Contains the fields before the file; names are case-insensitive and unique.</summary>
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

    public IEnumerable<KeyValuePair<string, string>> GetByPrefix(string prefix) =>
        _values.Where(field => field.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    /// <summary>Replaces <c>${filename}</c> in every field with the file's name, without folders, before the policy is checked.</summary>
    public void ExpandFileName(string fileName)
    {
        var name = fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..];
        foreach (var field in Names.Where(field => !IsOutsidePolicy(field)).ToList())
            _values[field] = _values[field].Replace("${filename}", name, StringComparison.Ordinal);
    }

    /// <summary>The fields that a policy does not need to mention.</summary>
    public static bool IsOutsidePolicy(string name) =>
        name.Equals("policy", StringComparison.OrdinalIgnoreCase)
        || name.Equals("x-amz-signature", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("x-ignore-", StringComparison.OrdinalIgnoreCase);
}
