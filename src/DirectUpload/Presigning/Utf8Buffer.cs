using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace DirectUpload.Presigning;

/// <summary>Builds UTF-8 text in a buffer on the caller's stack, which moves to the array pool when the text is longer.</summary>
internal ref struct Utf8Buffer(Span<byte> initial)
{
    // The unreserved characters of RFC 3986, the only ones that SigV4 does not encode.
    private static readonly SearchValues<char> Unreserved =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~");

    private static readonly SearchValues<char> UnreservedOrSlash =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~/");

    private Span<byte> _span = initial;
    private byte[]? _pooled;

    public int Length { get; private set; }

    public readonly ReadOnlySpan<byte> Written => _span[..Length];

    public void Append(scoped ReadOnlySpan<byte> text)
    {
        if (!text.TryCopyTo(_span[Length..]))
            text.CopyTo(EnsureCapacity(text.Length));
        Length += text.Length;
    }

    public void Append(byte character) => Advance(1)[0] = character;

    /// <summary>Appends text that must be US-ASCII.</summary>
    public void AppendAscii(scoped ReadOnlySpan<char> text) => Ascii.FromUtf16(text, Advance(text.Length), out _);

    public void Append(long number)
    {
        var room = EnsureCapacity(20);
        number.TryFormat(room, out var written, default, CultureInfo.InvariantCulture);
        Length += written;
    }

    public void Truncate(int length) => Length = length;

    /// <summary>Appends the base64 of the text, and returns it. It is not encoded in place, because that is not vectorized.</summary>
    public ReadOnlySpan<byte> AppendBase64()
    {
        var room = EnsureCapacity(Base64.GetMaxEncodedToUtf8Length(Length));
        Base64.EncodeToUtf8(Written, room, out _, out var written);
        Length += written;
        return room[..written];
    }

    public void AppendHex(scoped ReadOnlySpan<byte> bytes) =>
        Convert.TryToHexStringLower(bytes, Advance(bytes.Length * 2), out _);

    /// <summary>
    /// Appends text percent-encoded as SigV4 requires: UTF-8, upper-case hex, all but the unreserved characters of RFC 3986.
    /// </summary>
    public void AppendEncoded(scoped ReadOnlySpan<char> text, bool keepSlash = false)
    {
        var plain = keepSlash ? UnreservedOrSlash : Unreserved;
        Span<byte> utf8 = stackalloc byte[4];
        while (!text.IsEmpty)
        {
            var run = text.IndexOfAnyExcept(plain);
            AppendAscii(run < 0 ? text : text[..run]);
            if (run < 0)
                return;
            text = text[run..];
            if (Rune.DecodeFromUtf16(text, out var rune, out var used) != OperationStatus.Done)
                throw new ArgumentException("The text contains an unpaired surrogate, which cannot be encoded as UTF-8.");
            text = text[used..];
            foreach (var octet in utf8[..rune.EncodeToUtf8(utf8)])
            {
                var escape = Advance(3);
                escape[0] = (byte)'%';
                Convert.TryToHexString([octet], escape[1..], out _);
            }
        }
    }

    public void Dispose()
    {
        if (_pooled is not null)
            ArrayPool<byte>.Shared.Return(_pooled);
        _pooled = null;
    }

    private Span<byte> Advance(int count)
    {
        var room = EnsureCapacity(count)[..count];
        Length += count;
        return room;
    }

    private Span<byte> EnsureCapacity(int count)
    {
        if (_span.Length - Length < count)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_span.Length * 2, Length + count));
            Written.CopyTo(larger);
            Dispose();
            _span = _pooled = larger;
        }

        return _span[Length..];
    }
}
