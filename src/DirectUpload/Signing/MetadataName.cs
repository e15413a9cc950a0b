using System.Buffers;

namespace DirectUpload.Signing;

/// <summary>The names of user metadata: they become header and form field names.</summary>
internal static class MetadataName
{
    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    public static bool IsValid(string name) => name.Length > 0 && !name.AsSpan().ContainsAnyExcept(Allowed);

    /// <exception cref="ArgumentException">The name can't be a header's name.</exception>
    public static string AsHeader(string name) =>
        IsValid(name)
            ? "x-amz-meta-" + name.ToLowerInvariant()
            : throw new ArgumentException($"The metadata name \"{name}\" must consist of US-ASCII letters, digits, '-' and '_'.");
}
