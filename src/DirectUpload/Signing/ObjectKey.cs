using System.Buffers;
using System.Text;
using DirectUpload.Uploads;

namespace DirectUpload.Signing;

/// <summary>What S3 accepts as an object key.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html</remarks>
internal static class ObjectKey
{
    /// <summary>The longest key that S3 takes, in bytes of UTF-8.</summary>
    public const int MostBytes = 1024;

    // Of these nearly every key consists, one byte each: nothing else to look for.
    private static readonly SearchValues<char> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./");

    /// <exception cref="ArgumentException">The key is empty, too long, or holds NUL, half a surrogate pair or a dot segment.</exception>
    public static void Validate(string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        if (key.Length > MostBytes || key.AsSpan().ContainsAnyExcept(Plain))
            ValidateUnusual(key);
        // HTTP clients resolve dot segments before they send, and the signature then fits another object.
        if ((key[^1] == '.' || key.Contains("./", StringComparison.Ordinal)) && HasDotSegment(key))
            throw new ArgumentException($"The key \"{key}\" has a \".\" or \"..\" segment, which HTTP clients rewrite before sending.", nameof(key));
    }

    private static void ValidateUnusual(string key)
    {
        if (Encoding.UTF8.GetByteCount(key) > MostBytes)
            throw new ArgumentException($"The key is longer than {MostBytes} bytes of UTF-8, the most that S3 takes.", nameof(key));
        if (key.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException("The key holds a NUL character.", nameof(key));
        if (Utf16.HoldsHalfASurrogatePair(key))
            throw new ArgumentException("The key holds half of a surrogate pair, which has no UTF-8 form.", nameof(key));
    }

    private static bool HasDotSegment(ReadOnlySpan<char> key)
    {
        foreach (var segment in key.Split('/'))
        {
            if (key[segment] is "." or "..")
                return true;
        }

        return false;
    }
}
