using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace DirectUpload.Processing.Inspection;

/// <summary>Reads the entry <c>mimetype</c>, which names the type of OpenDocument files, EPUB books and some images.</summary>
/// <remarks>
/// Sources: ODF 1.3 part 2 §3.3; EPUB OCF §4.3.3; OpenRaster. The entry should be the first and uncompressed. Programs that repack a
/// document often ignore both rules, and readers accept that.
/// </remarks>
internal static class ZipMimeType
{
    private const int HeaderLength = 30;
    private const int NameLength = 8;
    private const int MaxContentLength = 256;
    private const ushort Stored = 0;
    private const ushort Deflated = 8;

    private static readonly FileFormat[] Formats =
    [
        FileFormats.Odt, FileFormats.Ods, FileFormats.Odp, FileFormats.Odg, FileFormats.Ott, FileFormats.Ots, FileFormats.Otp,
        FileFormats.Otg, FileFormats.Epub, FileFormats.OpenRaster, FileFormats.Krita,
    ];

    public static bool IsName(ReadOnlySpan<byte> name) => name.SequenceEqual("mimetype"u8);

    /// <summary>Detects the format that the entry names.</summary>
    /// <returns>The format; null when the entry names another type, or its local header contradicts the directory.</returns>
    public static FileFormat? Detect(ref ContentSample content, ushort method, uint compressedSize, uint localOffset)
    {
        if (compressedSize > MaxContentLength || method is not (Stored or Deflated))
            return null;
        if (!content.TryRead(localOffset, HeaderLength + NameLength, out var header)
            || !header.StartsWith("PK\x3\x4"u8)
            || BinaryPrimitives.ReadUInt16LittleEndian(header[8..]) != method
            || BinaryPrimitives.ReadUInt16LittleEndian(header[26..]) != NameLength
            || !IsName(header[HeaderLength..]))
        {
            return null;
        }

        var start = localOffset + HeaderLength + NameLength + BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
        if (!content.TryRead(start, (int)compressedSize, out var bytes))
            return null;
        Span<byte> inflated = stackalloc byte[MaxContentLength];
        return method == Stored ? FindFormat(bytes) : FindFormat(inflated[..Inflate(bytes, inflated)]);
    }

    private static int Inflate(ReadOnlySpan<byte> bytes, Span<byte> inflated)
    {
        try
        {
            using var deflate = new DeflateStream(new MemoryStream(bytes.ToArray()), CompressionMode.Decompress);
            return deflate.ReadAtLeast(inflated, inflated.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException)
        {
            return 0;
        }
    }

    // Many writers end the type with a line break.
    private static FileFormat? FindFormat(ReadOnlySpan<byte> type)
    {
        foreach (var format in Formats)
        {
            if (Ascii.Equals(type.TrimEnd("\r\n "u8), format.MediaType))
                return format;
        }

        return null;
    }
}
