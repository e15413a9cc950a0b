using System.Buffers;
using System.Text;
using DirectUpload.Primitives;

namespace DirectUpload.Presigning;

/// <summary>Validates object keys against the rules of S3.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html</remarks>
internal static class ObjectKey
{
    /// <summary>The maximum length of a key, in bytes of UTF-8.</summary>
    public const int MaxBytes = 1024;

    // Nearly every key consists of these characters, each of one byte, and needs no further checks.
    private static readonly SearchValues<char> CommonCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./");

    /// <exception cref="ArgumentException">The key is empty, too long, or contains NUL, an unpaired surrogate or a dot segment.</exception>
    public static void Validate(string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        if (key.Length > MaxBytes || key.AsSpan().ContainsAnyExcept(CommonCharacters))
            ValidateUncommon(key);
        // HTTP clients resolve dot segments before they send the request, so the signature would not match its path.
        if ((key[^1] == '.' || key.Contains("./", StringComparison.Ordinal)) && HasDotSegment(key))
        {
            throw new ArgumentException(
                $"The key \"{key}\" has a \".\" or \"..\" segment, which HTTP clients resolve before sending. Remove it.", nameof(key));
        }
    }

    private static void ValidateUncommon(string key)
    {
        if (Encoding.UTF8.GetByteCount(key) > MaxBytes)
            throw new ArgumentException($"The key is longer than {MaxBytes} bytes of UTF-8, the maximum in S3. Shorten it.", nameof(key));
        if (key.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException("The key contains a NUL character. Remove it.", nameof(key));
        if (UnicodeText.HasUnpairedSurrogate(key))
        {
            throw new ArgumentException(
                "The key contains an unpaired surrogate, which cannot be encoded as UTF-8. Remove it.", nameof(key));
        }
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
