using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using DirectUpload.Primitives;

namespace DirectUpload.Profiles;

/// <summary>Converts untrusted text to a segment of an object key, with only the characters that S3 documents as safe.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html#object-key-guidelines</remarks>
internal static class SafeKeySegment
{
    /// <summary>The maximum length of the segment, in US-ASCII characters.</summary>
    public const int MaxOwnerLength = 120;

    /// <inheritdoc cref="MaxOwnerLength"/>
    public const int MaxNameLength = 60;

    /// <inheritdoc cref="MaxOwnerLength"/>
    public const int MaxExtensionLength = 17;

    /// <summary>Creates the segment of an owner; two owners never have the same segment.</summary>
    /// <remarks>
    /// Each byte that is not a letter, a digit, '-' or '_' becomes '!' and two hexadecimal digits. A segment that begins with '!!' is a
    /// hash.
    /// </remarks>
    public static string ForOwner(string? owner)
    {
        if (string.IsNullOrEmpty(owner))
            return "!anonymous";
        if (owner.Length <= MaxOwnerLength && !owner.AsSpan().ContainsAnyExcept(OwnerCharacters))
            return owner;
        if (UnicodeText.HasUnpairedSurrogate(owner))
            return HashOwner(owner);
        var safe = new StringBuilder(owner.Length);
        foreach (var octet in Encoding.UTF8.GetBytes(owner))
        {
            if (char.IsAsciiLetterOrDigit((char)octet) || octet is (byte)'-' or (byte)'_')
                safe.Append((char)octet);
            else
                safe.Append('!').Append(octet.ToString("X2", null));
        }

        return safe.Length <= MaxOwnerLength ? safe.ToString() : HashOwner(owner);
    }

    /// <summary>Creates the segment of an owner from the hash of its UTF-16 code units, which may include unpaired surrogates.</summary>
    public static string HashOwner(string owner) =>
        "!!" + Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(owner.AsSpan())));

    /// <summary>Creates a readable segment from a file name without its extension. It is not unique; the id makes the key unique.</summary>
    public static string ForName(string fileName)
    {
        var safe = new StringBuilder(MaxNameLength);
        foreach (var c in Path.GetFileNameWithoutExtension(fileName))
        {
            if (safe.Length == MaxNameLength)
                break;
            if (char.IsAsciiLetterOrDigit(c))
                safe.Append(char.ToLowerInvariant(c));
            else if (safe.Length > 0 && safe[^1] != '-')
                safe.Append('-');
        }

        var name = safe.ToString().Trim('-');
        return name.Length == 0 ? "file" : name;
    }

    /// <summary>Gets the extension of a file name, in lower case and with its dot; empty unless it has only letters and digits.</summary>
    public static ReadOnlySpan<char> ForExtension(string fileName)
    {
        var extension = Path.GetExtension(fileName.AsSpan());
        if (extension.Length is <= 1 or > MaxExtensionLength)
            return [];
        if (HasSafeCharacters(extension))
            return extension;
        var lower = extension.ToString().ToLowerInvariant();
        return HasSafeCharacters(lower) ? lower : [];

        static bool HasSafeCharacters(ReadOnlySpan<char> text) => !text[1..].ContainsAnyExcept(ExtensionCharacters);
    }

    private static readonly SearchValues<char> ExtensionCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789");

    private static readonly SearchValues<char> OwnerCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
}
