namespace DirectUpload.Processing.Inspection;

/// <summary>Detects the format of a file that begins with an ID3v2 tag, by what follows the tag.</summary>
/// <remarks>
/// Programs write such tags before MP3, AAC, FLAC, WAV and AIFF (id3.org, ID3v2.4.0 §3.1). A cover image in the tag can be larger than the
/// bytes that are read first.
/// </remarks>
internal static class TaggedAudio
{
    private const int HeaderLength = 10;
    private const int FooterFlag = 0x10;
    private const int MaxTags = 4;
    private const int WindowLength = 16 * 1024;

    public static FileFormat? Detect(ref ContentSample content)
    {
        if (content.Head.Length < HeaderLength || !IsTag(content.Head))
            return null;
        var offset = 0L;
        var window = content.Head;
        for (var tags = 0; tags < MaxTags && window.Length >= HeaderLength && IsTag(window); tags++)
        {
            offset += GetLength(window);
            if (!content.TryReadUpTo(offset, WindowLength, out window))
                return null;
        }

        return DetectAudio(window, content.Size - offset);
    }

    // Some programs write zeros, or other bytes, between the tag and the first frame.
    private static FileFormat? DetectAudio(ReadOnlySpan<byte> window, long size)
    {
        if (DetectAt(window, size) is { } format)
            return format;
        var start = window.IndexOfAnyExcept((byte)0);
        if (start > 0 && DetectAt(window[start..], size - start) is { } padded)
            return padded;
        // Two claims: the tag says audio, and another detector recognizes what follows. Only a run of frames is certain.
        for (var at = window.IndexOf((byte)0xFF); at >= 0; at = Next(window, at))
        {
            if (MpegAudio.DetectRun(window[at..]) is { } frames)
                return frames;
        }

        return null;
    }

    private static int Next(ReadOnlySpan<byte> window, int at)
    {
        var next = window[(at + 1)..].IndexOf((byte)0xFF);
        return next < 0 ? -1 : at + 1 + next;
    }

    private static FileFormat? DetectAt(ReadOnlySpan<byte> bytes, long size) =>
        ZipContent.IsMatch(bytes) ? FileFormats.UnreadableZip
        : CompoundContent.IsMatch(bytes) ? FileFormats.Compound
        : FormatDetection.DetectSigned(bytes, size)
            ?? MpegAudio.Detect(bytes, size)
            ?? MarkupStart.Detect(new TextStart(bytes))
            ?? ScriptStart.Detect(new TextStart(bytes));

    // The version is 2 to 4, and each of the four size bytes is below 128.
    private static bool IsTag(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("ID3"u8)
        && bytes[3] is >= 2 and <= 4
        && bytes[4] != 0xFF
        && !bytes[6..HeaderLength].ContainsAnyInRange((byte)0x80, (byte)0xFF);

    private static int GetLength(ReadOnlySpan<byte> tag) =>
        HeaderLength + ((tag[6] << 21) | (tag[7] << 14) | (tag[8] << 7) | tag[9]) + ((tag[5] & FooterFlag) != 0 ? HeaderLength : 0);
}
