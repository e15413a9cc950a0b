using System.Buffers;

namespace DirectUpload.Presigning.Checks;

/// <summary>Validates the names of user metadata, which become names of headers and form fields.</summary>
internal static class MetadataName
{
    private static readonly SearchValues<char> AllowedCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    public static bool IsValid(string name) => name.Length > 0 && !name.AsSpan().ContainsAnyExcept(AllowedCharacters);

    /// <exception cref="ArgumentException">The name is not valid in a header.</exception>
    public static string ToHeaderName(string name) =>
        IsValid(name)
            ? "x-amz-meta-" + name.ToLowerInvariant()
            : throw new ArgumentException($"The metadata name \"{name}\" must consist of US-ASCII letters, digits, '-' and '_'.");
}
