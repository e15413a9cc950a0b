namespace DirectUpload.Primitives;

/// <summary>Writes enum values as JSON, metrics and error messages show them. Packages that need it share this file.</summary>
internal static class EnumText
{
    /// <summary>Returns the name in lower case.</summary>
    public static string ToLowerName<TEnum>(this TEnum value)
        where TEnum : struct, Enum => value.ToString().ToLowerInvariant();
}
