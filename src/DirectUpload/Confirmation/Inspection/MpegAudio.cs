namespace DirectUpload.Confirmation;

/// <summary>
/// MP3 and MP2: an ID3v2 tag, or frames. A frame's sync is only eleven bits, so a second frame must follow exactly where the first one
/// says that it ends (ISO 11172-3 §2.4.1.3; WHATWG MIME Sniffing §6.2.3).
/// </summary>
/// <remarks>Layer I is left out: nobody uses it, and its sync is also the byte order mark of UTF-16.</remarks>
internal static class MpegAudio
{
    private const int LayerIII = 1;
    private const int LayerII = 2;
    private const int Mpeg1 = 3;

    private static readonly short[] Kilobits1LayerII = [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384];
    private static readonly short[] Kilobits1LayerIII = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
    private static readonly short[] Kilobits2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
    private static readonly int[] Hertz = [44100, 48000, 32000];

    public static FileFormat? Detect(ReadOnlySpan<byte> head, long size) =>
        IsTagged(head) || IsFramed(head, size) ? FileFormats.Mp3 : null;

    // id3.org, ID3v2.4.0 §3.1: version 2 to 4, and a size of four bytes below 128.
    private static bool IsTagged(ReadOnlySpan<byte> head) =>
        head.Length >= 10
        && head.StartsWith("ID3"u8)
        && head[3] is >= 2 and <= 4
        && head[4] != 0xFF
        && !head[6..10].ContainsAnyInRange((byte)0x80, (byte)0xFF);

    private static bool IsFramed(ReadOnlySpan<byte> head, long size)
    {
        var length = FrameLength(head);
        if (length == 0)
            return false;
        if (length == size)
            return true;
        // The next frame keeps the version, the layer and the sample rate.
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
        // Reserved values, and the "free" bitrate 0, which no length follows from.
        if (version == 1 || layer is not (LayerII or LayerIII) || bitrate is 0 or 15 || rate == 3)
            return 0;

        var kilobits = version != Mpeg1 ? Kilobits2[bitrate] : layer == LayerII ? Kilobits1LayerII[bitrate] : Kilobits1LayerIII[bitrate];
        // MPEG-2 halves the sample rates, and 2.5 (version 0) halves them again.
        var hertz = Hertz[rate] >> (version == Mpeg1 ? 0 : version == 2 ? 1 : 2);
        var bytesPerBit = layer == LayerIII && version != Mpeg1 ? 72 : 144;
        return (bytesPerBit * kilobits * 1000 / hertz) + ((frame[2] >> 1) & 1);
    }
}
