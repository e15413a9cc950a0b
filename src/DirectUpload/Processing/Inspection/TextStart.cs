namespace DirectUpload.Processing.Inspection;

/// <summary>Provides the characters at the beginning of a possible text, after its byte order mark.</summary>
/// <remarks>Callers compare only ASCII, so other UTF-8 characters are not decoded: each of their bytes counts as one character.</remarks>
internal readonly ref struct TextStart
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _bytesPerCharacter = 1;
    private readonly int _lowByteOffset;

    public TextStart(ReadOnlySpan<byte> head)
    {
        if (TextEncodings.IsUtf16LittleEndian(head) || TextEncodings.IsUtf16BigEndian(head))
        {
            _bytesPerCharacter = 2;
            _lowByteOffset = TextEncodings.IsUtf16BigEndian(head) ? 1 : 0;
            _bytes = head[2..];
        }
        else
        {
            _bytes = head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? head[3..] : head;
        }
    }

    public int Length => _bytes.Length / _bytesPerCharacter;

    /// <summary>The character at an index; zero past the end.</summary>
    public char this[int index]
    {
        get
        {
            if (index >= Length)
                return '\0';
            if (_bytesPerCharacter == 1)
                return (char)_bytes[index];
            return (char)(_bytes[(index * 2) + _lowByteOffset] | (_bytes[(index * 2) + 1 - _lowByteOffset] << 8));
        }
    }

    /// <summary>Returns whether the text at an index is <paramref name="lower"/>, ignoring case.</summary>
    public bool MatchesAt(int at, string lower)
    {
        for (var i = 0; i < lower.Length; i++)
        {
            var c = this[at + i];
            if ((c is >= 'A' and <= 'Z' ? (char)(c | 0x20) : c) != lower[i])
                return false;
        }

        return true;
    }

    /// <summary>Returns the index after the next occurrence of <paramref name="lower"/>, or -1.</summary>
    public int IndexAfter(int from, string lower)
    {
        for (var at = from; at + lower.Length <= Length; at++)
        {
            if (MatchesAt(at, lower))
                return at + lower.Length;
        }

        return -1;
    }

    /// <summary>Returns the index of the next character that is not white space.</summary>
    public int SkipSpace(int at)
    {
        while (IsSpace(this[at]))
            at++;
        return at;
    }

    public static bool IsSpace(char c) => c is ' ' or '\t' or '\n' or '\r' or '\f';
}
