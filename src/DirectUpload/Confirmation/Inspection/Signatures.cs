namespace DirectUpload.Confirmation;

/// <summary>The formats that begin with bytes of their own. Each must be at offset 0.</summary>
/// <remarks>
/// Readers of PDF tolerate up to 1,024 bytes of junk before the header, which is what lets one file be two things. ISO 32000-2 §7.5.2
/// puts the header in the first line, and so does every writer that matters.
/// </remarks>
internal static class Signatures
{
    private static readonly (byte[] Bytes, FileFormat Format)[] Table =
    [
        // WHATWG MIME Sniffing §6.1; JPEG is ITU T.81 §B.1.1, PNG is §5.2 of its specification, GIF is §17 of GIF89a.
        ([0xFF, 0xD8, 0xFF], FileFormats.Jpeg),
        ([0x89, .. "PNG\r\n"u8, 0x1A, 0x0A], FileFormats.Png),
        ([.. "GIF87a"u8], FileFormats.Gif),
        ([.. "GIF89a"u8], FileFormats.Gif),
        // TIFF 6.0 §2, and BigTIFF.
        ([.. "II*\0"u8], FileFormats.Tiff),
        ([.. "MM\0*"u8], FileFormats.Tiff),
        ([.. "II+\0"u8], FileFormats.Tiff),
        ([.. "MM\0+"u8], FileFormats.Tiff),
        // RFC 3533 §6, RFC 9639 §6.
        ([.. "OggS\0"u8], FileFormats.Ogg),
        ([.. "fLaC"u8], FileFormats.Flac),
        ([.. "%PDF-"u8], FileFormats.Pdf),
        ([.. @"{\rtf"u8], FileFormats.Rtf),
        // RFC 1952 §2.3.1 (RFC 6713 registers the type): deflate is the only method. Then 7zFormat.txt, and RARLAB's technical note.
        ([0x1F, 0x8B, 0x08], FileFormats.Gzip),
        ([.. "7z"u8, 0xBC, 0xAF, 0x27, 0x1C], FileFormats.SevenZip),
        ([.. "Rar!"u8, 0x1A, 0x07], FileFormats.Rar),
        // System V ABI, chapter 4; Apple's mach-o/loader.h and fat.h; the WebAssembly core specification §5.5.16.
        ([0x7F, .. "ELF"u8], FileFormats.Elf),
        ([0xFE, 0xED, 0xFA, 0xCE], FileFormats.MachO),
        ([0xFE, 0xED, 0xFA, 0xCF], FileFormats.MachO),
        ([0xCE, 0xFA, 0xED, 0xFE], FileFormats.MachO),
        ([0xCF, 0xFA, 0xED, 0xFE], FileFormats.MachO),
        ([0xCA, 0xFE, 0xBA, 0xBE], FileFormats.MachO),
        ([0xCA, 0xFE, 0xBA, 0xBF], FileFormats.MachO),
        ([.. "\0asm"u8], FileFormats.WebAssembly),
        // MS-SHLLINK §2.1: the header's size and the start of its class id.
        ([0x4C, 0x00, 0x00, 0x00, 0x01, 0x14, 0x02, 0x00], FileFormats.WindowsShortcut),
    ];

    public static FileFormat? Detect(ReadOnlySpan<byte> head)
    {
        foreach (var (bytes, format) in Table)
        {
            if (head.StartsWith(bytes))
                return format;
        }

        return null;
    }
}
