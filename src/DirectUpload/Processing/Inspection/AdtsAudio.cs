namespace DirectUpload.Processing.Inspection;

/// <summary>Detects AAC in ADTS frames (ISO 14496-3 §1.A.3), by frames that follow each other exactly.</summary>
internal static class AdtsAudio
{
    private const int HeaderLength = 7;

    public static bool IsMatch(ReadOnlySpan<byte> bytes, long size, int minFrames)
    {
        for (var frames = 0; frames < minFrames; frames++)
        {
            var length = GetFrameLength(bytes);
            if (length == 0)
                return false;
            // A single whole frame is also a file.
            if (length == size)
                return true;
            if (length > bytes.Length)
                return false;
            bytes = bytes[length..];
            size -= length;
        }

        return true;
    }

    // Twelve bits of sync and a layer of zero; then the sample rate's index, of which 13 and above are reserved.
    private static int GetFrameLength(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < HeaderLength || frame[0] != 0xFF || (frame[1] & 0xF6) != 0xF0 || ((frame[2] >> 2) & 15) > 12)
            return 0;
        var length = ((frame[3] & 3) << 11) | (frame[4] << 3) | (frame[5] >> 5);
        return length >= HeaderLength ? length : 0;
    }
}
