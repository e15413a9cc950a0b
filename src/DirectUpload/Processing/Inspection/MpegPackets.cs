namespace DirectUpload.Processing.Inspection;

/// <summary>Detects MPEG transport streams by the sync byte of consecutive packets (ISO 13818-1 §2.4.3.2).</summary>
/// <remarks>
/// Packets have 188 bytes; with a timestamp before them 192 (M2TS), or with error correction 204. A recording may begin within a packet.
/// The sync byte is the letter G, so a single one proves nothing: TypeScript files have the same file extension.
/// </remarks>
internal static class MpegPackets
{
    private const byte Sync = 0x47;
    private const int MaxPackets = 8;

    private static ReadOnlySpan<byte> Lengths => [188, 192, 204];

    public static FileFormat? Detect(ReadOnlySpan<byte> head, long size)
    {
        foreach (var length in Lengths)
        {
            if (HasPackets(head, length, size) && head.ContainsAnyExceptInRange((byte)0x08, (byte)0x7E))
                return FileFormats.TransportStream;
        }

        return null;
    }

    private static bool HasPackets(ReadOnlySpan<byte> head, int length, long size)
    {
        for (var start = 0; start < length && start < head.Length; start++)
        {
            if (head[start] != Sync)
                continue;
            var packets = 1;
            while (packets < MaxPackets && start + (packets * length) < head.Length && head[start + (packets * length)] == Sync)
                packets++;
            // A short recording has fewer packets, but nothing besides them.
            if (packets == MaxPackets || (packets >= 2 && size % length == 0 && packets == size / length))
                return true;
        }

        return false;
    }
}
