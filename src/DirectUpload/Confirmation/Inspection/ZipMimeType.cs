using System.Buffers.Binary;

namespace DirectUpload.Confirmation;

/// <summary>
/// The first entry of an OpenDocument file or an EPUB book: named <c>mimetype</c>, stored uncompressed, holding the type
/// (ODF 1.3 part 2 §3.3; EPUB OCF §4.3.3).
/// </summary>
internal static class ZipMimeType
{
    private const int HeaderLength = 30;

    private static readonly FileFormat[] Formats =
        [FileFormats.Odt, FileFormats.Ods, FileFormats.Odp, FileFormats.Odg, FileFormats.Epub];

    public static FileFormat? Detect(ReadOnlySpan<byte> head)
    {
        if (head.Length < HeaderLength || !head.StartsWith("PK\x3\x4"u8))
            return null;
        var stored = BinaryPrimitives.ReadUInt16LittleEndian(head[8..]) == 0;
        if (!stored || !head[HeaderLength..].StartsWith("mimetype"u8) || BinaryPrimitives.ReadUInt16LittleEndian(head[26..]) != 8)
            return null;
        var content = HeaderLength + 8 + BinaryPrimitives.ReadUInt16LittleEndian(head[28..]);
        if (content > head.Length)
            return null;
        var type = head[content..];
        // A writer that streams leaves the size 0 and puts a record behind the content, which, like any, begins with PK.
        var size = BinaryPrimitives.ReadUInt32LittleEndian(head[18..]);
        var length = size > 0 ? size : (uint)Math.Max(0, type.IndexOf("PK"u8));
        return length <= type.Length ? Named(type[..(int)length].TrimEnd("\r\n "u8)) : null;
    }

    private static FileFormat? Named(ReadOnlySpan<byte> type)
    {
        foreach (var format in Formats)
        {
            if (System.Text.Ascii.Equals(type, format.MediaType))
                return format;
        }

        return null;
    }
}
