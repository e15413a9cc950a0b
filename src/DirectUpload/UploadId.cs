using System.Buffers;
using System.Buffers.Binary;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using DirectUpload.Primitives;

namespace DirectUpload;

/// <summary>Identifies an upload by a UUID version 7 (RFC 9562), written as 32 lower-case hexadecimal digits.</summary>
/// <remarks>Ids sort by the time of their creation. They are not secrets; the tokens of an upload are.</remarks>
[JsonConverter(typeof(UploadIdJsonConverter))]
[TypeConverter(typeof(UploadIdTypeConverter))]
public readonly record struct UploadId : IParsable<UploadId>, IComparable<UploadId>, ISpanFormattable
{
    internal const int RandomByteCount = 10;
    internal const int TextLength = 32;

    /// <summary>Specifies how old an id may be when its record is created.</summary>
    internal static readonly TimeSpan MaxAgeAtCreation = TimeSpan.FromMinutes(15);

    // The limit of S3, in bytes of UTF-8: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
    private const int MaxKeyBytes = 1024;

    private static readonly SearchValues<char> LettersAndDigits =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

    private readonly Guid _value;

    private UploadId(Guid value) => _value = value;

    /// <summary>Creates a new id.</summary>
    /// <param name="now">The time by which the id sorts: usually the current time.</param>
    /// <returns>A unique id.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="now"/> is before January 1, 1970 UTC.</exception>
    public static UploadId Create(DateTimeOffset now)
    {
        Span<byte> random = stackalloc byte[RandomByteCount];
        RandomNumberGenerator.Fill(random);
        return FromRandomBytes(now, random);
    }

    /// <summary>Creates an id from random bytes.</summary>
    /// <param name="now">The time by which the id sorts.</param>
    /// <param name="random"><see cref="RandomByteCount"/> bytes that are used for no other id.</param>
    internal static UploadId FromRandomBytes(DateTimeOffset now, ReadOnlySpan<byte> random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(now, DateTimeOffset.UnixEpoch);
        Span<byte> uuid = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(uuid, now.ToUnixTimeMilliseconds() << 16);
        random.CopyTo(uuid[6..]);
        uuid[6] = (byte)(0x70 | (uuid[6] & 0x0F)); // version 7
        uuid[8] = (byte)(0x80 | (uuid[8] & 0x3F)); // the RFC's variant
        return new UploadId(new Guid(uuid, bigEndian: true));
    }

    /// <summary>Creates an id that sorts before every id that is created at <paramref name="time"/> or later.</summary>
    internal static UploadId CreateLowerBound(DateTimeOffset time) =>
        FromRandomBytes(time > DateTimeOffset.UnixEpoch ? time : DateTimeOffset.UnixEpoch, stackalloc byte[RandomByteCount]);

    /// <summary>Converts a text to an id.</summary>
    /// <param name="s">The text: 32 lower-case hexadecimal digits.</param>
    /// <param name="provider">Not used.</param>
    /// <returns>The id.</returns>
    /// <exception cref="FormatException"><paramref name="s"/> is not an upload id.</exception>
    public static UploadId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id)
            ? id
            : throw new FormatException("The text is not an upload id: an id has 32 lower-case hexadecimal digits.");

    /// <summary>Tries to convert a text to an id.</summary>
    /// <param name="s">The text: 32 lower-case hexadecimal digits.</param>
    /// <param name="provider">Not used.</param>
    /// <param name="result">The id, or the default value if the text is not an id.</param>
    /// <returns>True if the text is an id; otherwise false.</returns>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out UploadId result)
    {
        result = default;
        return s is not null && TryParse(s.AsSpan(), out result);
    }

    /// <summary>Tries to convert a text to an id.</summary>
    /// <param name="s">The text: 32 lower-case hexadecimal digits.</param>
    /// <param name="result">The id, or the default value if the text is not an id.</param>
    /// <returns>True if the text is an id; otherwise false.</returns>
    public static bool TryParse([NotNullWhen(true)] string? s, out UploadId result) => TryParse(s, null, out result);

    /// <summary>Finds the upload id in an object key.</summary>
    /// <remarks>
    /// The id is the first run of letters and digits that is exactly an id. The library creates keys in which no other part can be read as
    /// an id, so a key leads to at most one record.
    /// </remarks>
    /// <param name="key">The key of the object, not encoded. A text of more than 1,024 bytes in UTF-8 is not a key.</param>
    /// <param name="id">The id, or the default value if the key contains none.</param>
    /// <returns>True if the key contains an id; otherwise false.</returns>
    public static bool TryFindIn([NotNullWhen(true)] string? key, out UploadId id)
    {
        id = default;
        // A character has at most three bytes.
        if (key is null || key.Length > MaxKeyBytes || (key.Length > MaxKeyBytes / 3 && Encoding.UTF8.GetByteCount(key) > MaxKeyBytes))
            return false;
        for (var rest = key.AsSpan(); rest.Length >= TextLength;)
        {
            var run = rest.IndexOfAnyExcept(LettersAndDigits) is >= 0 and var end ? rest[..end] : rest;
            // Checks the version and the variant, so that other identifiers, such as a random GUID of a user, are not mistaken for an id.
            if (run.Length == TextLength && run[12] == '7' && run[16] is ('8' or '9' or 'a' or 'b') && TryParse(run, out id))
                return true;
            if (run.Length == rest.Length)
                break;
            rest = rest[(run.Length + 1)..];
        }

        return false;
    }

    /// <summary>Compares this id with another one; earlier ids precede later ones.</summary>
    /// <param name="other">The other id.</param>
    /// <returns>A negative value if this id precedes the other, zero if they are equal, a positive value if it follows.</returns>
    public int CompareTo(UploadId other) => _value.CompareTo(other._value);

    /// <summary>Returns a value that indicates whether one id precedes another.</summary>
    /// <param name="left">The first id.</param>
    /// <param name="right">The second id.</param>
    /// <returns>True if <paramref name="left"/> precedes <paramref name="right"/>; otherwise false.</returns>
    public static bool operator <(UploadId left, UploadId right) => left.CompareTo(right) < 0;

    /// <summary>Returns a value that indicates whether one id follows another.</summary>
    /// <param name="left">The first id.</param>
    /// <param name="right">The second id.</param>
    /// <returns>True if <paramref name="left"/> follows <paramref name="right"/>; otherwise false.</returns>
    public static bool operator >(UploadId left, UploadId right) => left.CompareTo(right) > 0;

    /// <summary>Returns a value that indicates whether one id precedes or equals another.</summary>
    /// <param name="left">The first id.</param>
    /// <param name="right">The second id.</param>
    /// <returns>True if <paramref name="left"/> precedes or equals <paramref name="right"/>; otherwise false.</returns>
    public static bool operator <=(UploadId left, UploadId right) => left.CompareTo(right) <= 0;

    /// <summary>Returns a value that indicates whether one id follows or equals another.</summary>
    /// <param name="left">The first id.</param>
    /// <param name="right">The second id.</param>
    /// <returns>True if <paramref name="left"/> follows or equals <paramref name="right"/>; otherwise false.</returns>
    public static bool operator >=(UploadId left, UploadId right) => left.CompareTo(right) >= 0;

    /// <summary>Returns the text of the id.</summary>
    /// <returns>32 lower-case hexadecimal digits.</returns>
    public override string ToString() => _value.ToString("N");

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    // Interpolated strings format an id without another string.
    bool ISpanFormattable.TryFormat(
        Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        _value.TryFormat(destination, out charsWritten, "N");

    /// <summary>Writes the text of the id.</summary>
    /// <param name="destination"><see cref="TextLength"/> characters.</param>
    internal void Format(Span<char> destination) => _value.TryFormat(destination, out _, "N");

    private static bool TryParse(ReadOnlySpan<char> text, out UploadId id)
    {
        id = default;
        if (text.Length != TextLength || !LowerHex.IsValid(text) || !Guid.TryParseExact(text, "N", out var value))
            return false;
        id = new UploadId(value);
        return true;
    }
}
