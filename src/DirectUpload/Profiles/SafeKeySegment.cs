using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using DirectUpload.Uploads;

namespace DirectUpload.Profiles;

/// <summary>
/// Makes a piece of an object key from text that is not ours: only characters that S3 calls safe, never a slash, never a dot segment.
/// </summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html#object-key-guidelines</remarks>
internal static class SafeKeySegment
{
    /// <summary>The most characters, all US-ASCII, that each segment can have.</summary>
    public const int LongestOwner = 120;

    /// <inheritdoc cref="LongestOwner"/>
    public const int LongestName = 60;

    /// <inheritdoc cref="LongestOwner"/>
    public const int LongestExtension = 17;

    /// <summary>
    /// Two owners never share a segment: what is not a letter, digit, '-' or '_' becomes '!' and its hex, so '!!' can mark a hash.
    /// </summary>
    public static string ForOwner(string? owner)
    {
        if (string.IsNullOrEmpty(owner))
            return "!anonymous";
        if (owner.Length <= LongestOwner && !owner.AsSpan().ContainsAnyExcept(PlainOwner))
            return owner;
        if (Utf16.HoldsHalfASurrogatePair(owner))
            return Hash(owner);
        var safe = new StringBuilder(owner.Length);
        foreach (var octet in Encoding.UTF8.GetBytes(owner))
        {
            if (char.IsAsciiLetterOrDigit((char)octet) || octet is (byte)'-' or (byte)'_')
                safe.Append((char)octet);
            else
                safe.Append('!').Append(octet.ToString("X2", null));
        }

        return safe.Length <= LongestOwner ? safe.ToString() : Hash(owner);
    }

    /// <summary>Stands for an owner whose text can't be shown in a key. Of its UTF-16, in which even half a surrogate pair counts.</summary>
    public static string Hash(string owner) =>
        "!!" + Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(owner.AsSpan())));

    /// <summary>A readable, lossy form of the name without its extension; the id beside it makes the key unique.</summary>
    public static string ForName(string fileName)
    {
        var safe = new StringBuilder(LongestName);
        foreach (var c in Path.GetFileNameWithoutExtension(fileName))
        {
            if (safe.Length == LongestName)
                break;
            if (char.IsAsciiLetterOrDigit(c))
                safe.Append(char.ToLowerInvariant(c));
            else if (safe.Length > 0 && safe[^1] != '-')
                safe.Append('-');
        }

        var name = safe.ToString().Trim('-');
        return name.Length == 0 ? "file" : name;
    }

    /// <summary>The extension with its dot, lower-case; empty when there is none or it isn't plain letters and digits.</summary>
    public static string ForExtension(string fileName)
    {
        var extension = Path.GetExtension(fileName).ToLowerInvariant();
        return extension.Length is > 1 and <= LongestExtension && extension.AsSpan(1).IndexOfAnyExcept(Plain) < 0 ? extension : string.Empty;
    }

    private static readonly SearchValues<char> Plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789");

    private static readonly SearchValues<char> PlainOwner =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
}
