namespace DirectUpload.Processing.Inspection;

/// <summary>Detects MP3, MP2 and AAC by consecutive frames.</summary>
/// <remarks>
/// The sync pattern of a frame has only eleven bits. A second frame must therefore follow exactly where the header of the first one places
/// it (ISO 11172-3 §2.4.1.3; WHATWG MIME Sniffing §6.2.3). Layer I is not supported: it is not in use, and its sync pattern is also the
/// byte order mark of UTF-16. A tag before the frames is read by <see cref="TaggedAudio"/>.
/// </remarks>
internal static class MpegAudio
{
    private const int LayerIII = 1;
    private const int LayerII = 2;
    private const int Mpeg1 = 3;

    private static readonly short[] Kilobits1LayerII = [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384];
    private static readonly short[] Kilobits1LayerIII = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
    private static readonly short[] Kilobits2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
    private static readonly int[] Hertz = [44100, 48000, 32000];

    // A run is required where the frames do not begin with the file.
    private const int RunLength = 4;

    public static FileFormat? Detect(ReadOnlySpan<byte> head, long size) =>
        IsFramed(head, size) ? FileFormats.Mp3 : AdtsAudio.IsMatch(head, size, minFrames: 2) ? FileFormats.Aac : null;

    /// <summary>Detects a run of consecutive frames at the first byte.</summary>
    public static FileFormat? DetectRun(ReadOnlySpan<byte> bytes)
    {
        if (AdtsAudio.IsMatch(bytes, long.MaxValue, RunLength))
            return FileFormats.Aac;
        for (var frames = 0; frames < RunLength; frames++)
        {
            if (!IsFramed(bytes, long.MaxValue))
                return null;
            bytes = bytes[FrameLength(bytes)..];
        }

        return FileFormats.Mp3;
    }

    private static bool IsFramed(ReadOnlySpan<byte> head, long size)
    {
        var length = FrameLength(head);
        if (length == 0)
            return false;
        if (length == size)
            return true;
        // The next frame must have the same version, layer and sample rate.
        return length < head.Length
            && FrameLength(head[length..]) > 0
            && ((head[1] ^ head[length + 1]) & 0xFE) == 0
            && ((head[2] ^ head[length + 2]) & 0x0C) == 0;
    }

    private static int FrameLength(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < 4 || frame[0] != 0xFF || (frame[1] & 0xE0) != 0xE0)
            return 0;
        var version = (frame[1] >> 3) & 3;
        var layer = (frame[1] >> 1) & 3;
        var bitrate = frame[2] >> 4;
        var rate = (frame[2] >> 2) & 3;
        // Reserved values, and the "free" bitrate 0, from which no frame length can be computed.
        if (version == 1 || layer is not (LayerII or LayerIII) || bitrate is 0 or 15 || rate == 3)
            return 0;

        var kilobits = version != Mpeg1 ? Kilobits2[bitrate] : layer == LayerII ? Kilobits1LayerII[bitrate] : Kilobits1LayerIII[bitrate];
        // MPEG-2 halves the sample rates, and 2.5 (version 0) halves them again.
        var hertz = Hertz[rate] >> (version == Mpeg1 ? 0 : version == 2 ? 1 : 2);
        var bytesPerBit = layer == LayerIII && version != Mpeg1 ? 72 : 144;
        return (bytesPerBit * kilobits * 1000 / hertz) + ((frame[2] >> 1) & 1);
    }
}
