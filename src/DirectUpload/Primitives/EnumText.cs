namespace DirectUpload.Primitives;

/// <summary>Writes enum values as JSON, metrics and error messages show them. Packages that need it share this file.</summary>
internal static class EnumText
{
    /// <summary>Returns the name.</summary>
    public static string GetName<TEnum>(this TEnum value)
        where TEnum : struct, Enum => Names<TEnum>.Original.TryGetValue(value, out var name) ? name : value.ToString();

    /// <summary>Returns the name in lower case.</summary>
    public static string ToLowerName<TEnum>(this TEnum value)
        where TEnum : struct, Enum => Names<TEnum>.Lower.TryGetValue(value, out var name) ? name : value.ToString().ToLowerInvariant();

    // Enum.ToString looks up the name each time.
    private static class Names<TEnum>
        where TEnum : struct, Enum
    {
        public static readonly Dictionary<TEnum, string> Original =
            Enum.GetValues<TEnum>().Distinct().ToDictionary(value => value, value => value.ToString());

        public static readonly Dictionary<TEnum, string> Lower =
            Original.ToDictionary(name => name.Key, name => name.Value.ToLowerInvariant());
    }
}
