using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace DirectUpload.Signing;

/// <summary>A growing UTF-8 text that starts on the caller's stack and moves to the array pool only when it must.</summary>
internal ref struct Utf8Buffer(Span<byte> initial)
{
    // RFC 3986 unreserved: all that SigV4 leaves as it is.
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
            text.CopyTo(Reserve(text.Length));
        Length += text.Length;
    }

    public void Append(byte character) => Take(1)[0] = character;

    /// <summary>Text that is known to be US-ASCII.</summary>
    public void AppendAscii(scoped ReadOnlySpan<char> text) => Ascii.FromUtf16(text, Take(text.Length), out _);

    public void Append(long number)
    {
        var room = Reserve(20);
        number.TryFormat(room, out var written, default, CultureInfo.InvariantCulture);
        Length += written;
    }

    public void Truncate(int length) => Length = length;

    public void AppendBase64(scoped ReadOnlySpan<byte> bytes) =>
        Base64.EncodeToUtf8(bytes, Take(Base64.GetMaxEncodedToUtf8Length(bytes.Length)), out _, out _);

    public void AppendHex(scoped ReadOnlySpan<byte> bytes) =>
        Convert.TryToHexStringLower(bytes, Take(bytes.Length * 2), out _);

    /// <summary>Percent-encodes as SigV4 wants it: UTF-8, upper-case hex, everything but RFC 3986's unreserved characters.</summary>
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
                throw new ArgumentException("The text holds half of a surrogate pair, which has no UTF-8 form.");
            text = text[used..];
            foreach (var octet in utf8[..rune.EncodeToUtf8(utf8)])
            {
                var escape = Take(3);
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

    private Span<byte> Take(int count)
    {
        var room = Reserve(count)[..count];
        Length += count;
        return room;
    }

    private Span<byte> Reserve(int count)
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
