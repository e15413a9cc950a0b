namespace DirectUpload.Confirmation;

/// <summary>
/// The beginning of a possible text, character by character, after its byte order mark. Only ASCII is ever compared, so the bytes of
/// any other character may stand for themselves.
/// </summary>
internal readonly ref struct TextStart
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _width = 1;
    private readonly int _low;

    public TextStart(ReadOnlySpan<byte> head)
    {
        if (TextEncodings.IsUtf16LittleEndian(head) || TextEncodings.IsUtf16BigEndian(head))
        {
            _width = 2;
            _low = TextEncodings.IsUtf16BigEndian(head) ? 1 : 0;
            _bytes = head[2..];
        }
        else
        {
            _bytes = head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? head[3..] : head;
        }
    }

    public int Length => _bytes.Length / _width;

    /// <summary>The character at an index; zero past the end.</summary>
    public char this[int index]
    {
        get
        {
            if (index >= Length)
                return '\0';
            if (_width == 1)
                return (char)_bytes[index];
            return (char)(_bytes[(index * 2) + _low] | (_bytes[(index * 2) + 1 - _low] << 8));
        }
    }

    /// <summary>Whether <paramref name="lower"/>, which is lower-case ASCII, stands at an index in any case.</summary>
    public bool Has(int at, string lower)
    {
        for (var i = 0; i < lower.Length; i++)
        {
            var c = this[at + i];
            if ((c is >= 'A' and <= 'Z' ? (char)(c | 0x20) : c) != lower[i])
                return false;
        }

        return true;
    }

    /// <summary>The index after the next <paramref name="lower"/>, or -1.</summary>
    public int After(int from, string lower)
    {
        for (var at = from; at + lower.Length <= Length; at++)
        {
            if (Has(at, lower))
                return at + lower.Length;
        }

        return -1;
    }

    /// <summary>The index of the next character that is not white space.</summary>
    public int SkipSpace(int at)
    {
        while (IsSpace(this[at]))
            at++;
        return at;
    }

    public static bool IsSpace(char c) => c is ' ' or '\t' or '\n' or '\r' or '\f';
}
