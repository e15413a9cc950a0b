namespace DirectUpload.Processing.Inspection;

/// <summary>Detects Ogg audio and video by the codecs of its logical streams (RFC 3533 §6).</summary>
/// <remarks>Every stream begins with a page of its own, and these pages come before all others (§4). A stream of video decides.</remarks>
internal static class OggContent
{
    private const int HeaderLength = 27;

    public static FileFormat? Detect(ReadOnlySpan<byte> head)
    {
        if (!head.StartsWith("OggS\0"u8))
            return null;
        FileFormat? found = null;
        while (head.Length > HeaderLength && head.StartsWith("OggS\0"u8) && (head[5] & 2) != 0)
        {
            var segments = head[26];
            if (head.Length < HeaderLength + segments)
                break;
            var length = 0;
            foreach (var lacing in head.Slice(HeaderLength, segments))
                length += lacing;
            var packet = head[(HeaderLength + segments)..];
            packet = packet[..Math.Min(length, packet.Length)];
            if (IsVideo(packet))
                return FileFormats.OggVideo;
            if (IsAudio(packet))
                found = FileFormats.OggAudio;
            head = head[(HeaderLength + segments + packet.Length)..];
        }

        return found ?? FileFormats.Ogg;
    }

    private static bool IsVideo(ReadOnlySpan<byte> packet) =>
        IsCodec(packet, 0x80, "theora"u8) || IsCodec(packet, 0x4F, "VP80"u8) || IsCodec(packet, 1, "video\0"u8)
        || packet.StartsWith("BBCD\0"u8);

    private static bool IsAudio(ReadOnlySpan<byte> packet) =>
        IsCodec(packet, 1, "vorbis"u8) || IsCodec(packet, 0x7F, "FLAC"u8)
        || packet.StartsWith("OpusHead"u8) || packet.StartsWith("Speex   "u8);

    private static bool IsCodec(ReadOnlySpan<byte> packet, byte first, ReadOnlySpan<byte> name) =>
        packet.Length > 0 && packet[0] == first && packet[1..].StartsWith(name);
}
