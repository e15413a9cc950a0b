namespace DirectUpload.Processing.Inspection;

/// <summary>Detects the formats that have a fixed signature at offset 0.</summary>
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
        // RFC 9639 §6.
        ([.. "fLaC"u8], FileFormats.Flac),
        ([.. "%PDF-"u8], FileFormats.Pdf),
        ([.. @"{\rtf"u8], FileFormats.Rtf),
        // RFC 1952 §2.3.1 (RFC 6713 registers the type): deflate is the only method. Then 7zFormat.txt, and RARLAB's technical note.
        ([0x1F, 0x8B, 0x08], FileFormats.Gzip),
        ([.. "7z"u8, 0xBC, 0xAF, 0x27, 0x1C], FileFormats.SevenZip),
        ([.. "Rar!"u8, 0x1A, 0x07], FileFormats.Rar),
        // XZ file format §2.1.1.1; RFC 8878 §3.1.1; SQLite's file format §1.2.
        ([0xFD, .. "7zXZ\0"u8], FileFormats.Xz),
        ([0x28, 0xB5, 0x2F, 0xFD], FileFormats.Zstandard),
        ([.. "SQLite format 3\0"u8], FileFormats.Sqlite),
        // ISO/IEC 18181-2 §9.2; ISO/IEC 15444-1 §I.5.1 and §A.2; Adobe's description of PSD and PSB.
        ([0, 0, 0, 0x0C, .. "JXL \r\n"u8, 0x87, 0x0A], FileFormats.JpegXl),
        ([0, 0, 0, 0x0C, .. "jP  \r\n"u8, 0x87, 0x0A], FileFormats.Jpeg2000),
        ([0xFF, 0x4F, 0xFF, 0x51], FileFormats.Jpeg2000),
        ([.. "8BPS\0\u0001"u8], FileFormats.Photoshop),
        ([.. "8BPS\0\u0002"u8], FileFormats.Photoshop),
        // RFC 4867 §5; the MIDI 1.0 file format; Sun's audio header; WavPack's block header; ISO/IEC 13818-1 §2.5.3; MS-ASF §3.1; FLV 10.1.
        ([.. "#!AMR"u8], FileFormats.Amr),
        ([.. "MThd\0\0\0\u0006"u8], FileFormats.Midi),
        ([.. ".snd\0"u8], FileFormats.SunAudio),
        ([.. "wvpk"u8], FileFormats.WavPack),
        ([0, 0, 1, 0xBA], FileFormats.ProgramStream),
        ([0, 0, 1, 0xB3], FileFormats.ProgramStream),
        ([0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11, 0xA6, 0xD9, 0x00, 0xAA, 0x00, 0x62, 0xCE, 0x6C], FileFormats.Asf),
        ([.. "FLV\u0001"u8], FileFormats.FlashVideo),
        // OpenType 1.9 (otff and ttc); WOFF §3; WOFF 2 §4.1.
        ([.. "OTTO\0"u8], FileFormats.OpenType),
        ([0, 1, 0, 0, 0], FileFormats.TrueType),
        ([.. "true\0"u8], FileFormats.TrueType),
        ([.. "ttcf\0"u8], FileFormats.FontCollection),
        ([.. "wOFF"u8], FileFormats.Woff),
        ([.. "wOF2"u8], FileFormats.Woff2),
        // The PostScript language reference, appendix G; Adobe's technical note 5002 has the binary header. Printer drivers write the end
        // of the previous job before it.
        ([.. "%!PS"u8], FileFormats.PostScript),
        ([0x04, .. "%!PS"u8], FileFormats.PostScript),
        ([0xC5, 0xD0, 0xD3, 0xC6], FileFormats.PostScript),
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
