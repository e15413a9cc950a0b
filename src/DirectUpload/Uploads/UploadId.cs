using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace DirectUpload.Uploads;

/// <summary>
/// Names one upload: a UUID version 7 (RFC 9562), written as 32 lower-case hexadecimal digits. Ids sort by the time of
/// their making; they are not secrets, the tokens are.
/// </summary>
public readonly record struct UploadId : IParsable<UploadId>, IComparable<UploadId>
{
    internal const int RandomBytes = 10;
    private const int Digits = 32;

    /// <summary>For so long an id may have been made before its record was.</summary>
    internal static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    // S3's own limit, in bytes of UTF-8: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
    private const int LongestKey = 1024;

    private readonly Guid _value;

    private UploadId(Guid value) => _value = value;

    /// <summary>Makes a new id for an upload requested at <paramref name="now"/>.</summary>
    /// <param name="now">The time that the id sorts by.</param>
    public static UploadId New(DateTimeOffset now)
    {
        Span<byte> random = stackalloc byte[RandomBytes];
        RandomNumberGenerator.Fill(random);
        return Of(now, random);
    }

    /// <param name="now">The time that the id sorts by.</param>
    /// <param name="random"><see cref="RandomBytes"/> bytes that nobody else has.</param>
    internal static UploadId Of(DateTimeOffset now, ReadOnlySpan<byte> random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(now, DateTimeOffset.UnixEpoch);
        Span<byte> uuid = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(uuid, now.ToUnixTimeMilliseconds() << 16);
        random.CopyTo(uuid[6..]);
        uuid[6] = (byte)(0x70 | (uuid[6] & 0x0F)); // version 7
        uuid[8] = (byte)(0x80 | (uuid[8] & 0x3F)); // the RFC's variant
        return new UploadId(new Guid(uuid, bigEndian: true));
    }

    /// <summary>Sorts before every id that is made at <paramref name="time"/> or later.</summary>
    internal static UploadId Before(DateTimeOffset time) => Of(time > DateTimeOffset.UnixEpoch ? time : DateTimeOffset.UnixEpoch, stackalloc byte[RandomBytes]);

    /// <summary>Reads an id. Exactly one text stands for an id: 32 lower-case hexadecimal digits.</summary>
    /// <exception cref="FormatException">The text is not an upload id.</exception>
    public static UploadId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id)
            ? id
            : throw new FormatException("An upload id is 32 lower-case hexadecimal digits, as the grant gave it.");

    /// <summary>Reads an id; false when the text is not one.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out UploadId result)
    {
        result = default;
        if (s is not { Length: Digits } || !LowerHex.IsAll(s) || !Guid.TryParseExact(s, "N", out var value))
            return false;
        result = new UploadId(value);
        return true;
    }

    /// <summary>Reads an id; false when the text is not one.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, out UploadId result) => TryParse(s, null, out result);

    /// <summary>
    /// Finds the upload id in an object key: the first run of letters and digits that is exactly an id. Keys are made so that no other part of them reads as one, thus a key leads to
    /// at most one record.
    /// </summary>
    /// <param name="key">The object's key, not encoded. Text that is longer than 1,024 bytes in UTF-8 is no key.</param>
    /// <param name="id">The id; the default value when there is none.</param>
    /// <returns>True when the key holds an id.</returns>
    public static bool TryFindIn([NotNullWhen(true)] string? key, out UploadId id)
    {
        id = default;
        if (key is null || key.Length > LongestKey || Encoding.UTF8.GetByteCount(key) > LongestKey)
            return false;
        for (var start = 0; start < key.Length; start++)
        {
            var end = start;
            while (end < key.Length && char.IsAsciiLetterOrDigit(key[end]))
                end++;
            // Version 7 and the RFC's variant: other identifiers, such as a user's random GUID, are not taken for an upload.
            if (end - start == Digits && key[start + 12] == '7' && key[start + 16] is ('8' or '9' or 'a' or 'b') && TryParse(key.Substring(start, Digits), out id))
                return true;
            start = end;
        }

        return false;
    }

    /// <summary>Earlier ids come first.</summary>
    public int CompareTo(UploadId other) => _value.CompareTo(other._value);

    /// <summary>Whether the left is the earlier one.</summary>
    public static bool operator <(UploadId left, UploadId right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left is the later one.</summary>
    public static bool operator >(UploadId left, UploadId right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left is not the later one.</summary>
    public static bool operator <=(UploadId left, UploadId right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left is not the earlier one.</summary>
    public static bool operator >=(UploadId left, UploadId right) => left.CompareTo(right) >= 0;

    /// <summary>The id's one text: 32 lower-case hexadecimal digits.</summary>
    public override string ToString() => _value.ToString("N");
}
