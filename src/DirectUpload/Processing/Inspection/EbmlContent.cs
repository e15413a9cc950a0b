using System.Numerics;

namespace DirectUpload.Processing.Inspection;

/// <summary>Detects WebM and Matroska. Both are EBML (RFC 8794) and differ by the header's DocType (RFC 9559 §4).</summary>
internal static class EbmlContent
{
    private const uint DocTypeId = 0x4282;

    public static FileFormat? Detect(ReadOnlySpan<byte> head)
    {
        if (!head.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3]))
            return null;
        head = head[4..];
        if (!TryReadNumber(ref head, keepMarker: false, out var headerLength))
            return null;
        head = head[..(int)Math.Min(headerLength, (ulong)head.Length)];
        while (TryReadNumber(ref head, keepMarker: true, out var id)
            && TryReadNumber(ref head, keepMarker: false, out var length)
            && length <= (ulong)head.Length)
        {
            if (id == DocTypeId)
                return DetectDocType(head[..(int)length]);
            head = head[(int)length..];
        }

        return null;
    }

    // A string may be padded with zeros (RFC 8794 §7.4).
    private static FileFormat? DetectDocType(ReadOnlySpan<byte> docType) => docType.TrimEnd((byte)0) switch
    {
        var name when name.SequenceEqual("webm"u8) => FileFormats.WebM,
        var name when name.SequenceEqual("matroska"u8) => FileFormats.Matroska,
        _ => null,
    };

    // A variable-size integer has as many bytes as the first byte has leading zero bits, plus one. Element ids keep the marker bit.
    private static bool TryReadNumber(ref ReadOnlySpan<byte> bytes, bool keepMarker, out ulong number)
    {
        number = 0;
        if (bytes.IsEmpty || bytes[0] == 0)
            return false;
        var zeros = BitOperations.LeadingZeroCount(bytes[0]) - 24;
        if (bytes.Length <= zeros)
            return false;
        number = keepMarker ? bytes[0] : bytes[0] & (0x7FUL >> zeros);
        for (var i = 1; i <= zeros; i++)
            number = (number << 8) | bytes[i];
        bytes = bytes[(zeros + 1)..];
        return true;
    }
}
