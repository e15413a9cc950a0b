using System.Collections.Frozen;
using static DirectUpload.Processing.Inspection.FileFormats;

namespace DirectUpload.Processing.Inspection;

/// <summary>Lists the media types whose content has a signature, and the formats that are valid for each type.</summary>
/// <remarks>
/// The first format appears in the message when no format was recognized. Types have their canonical names
/// (<see cref="Profiles.MediaTypeTable"/>).
/// </remarks>
internal static class SignedTypes
{
    // A document that is a ZIP archive, but has no detector of its own.
    private static readonly FileFormat[] Archives = [Zip, UnreadableZip, LongZip];

    private static readonly FrozenDictionary<string, FileFormat[]>.AlternateLookup<ReadOnlySpan<char>> Formats =
        CreateTable().ToFrozenDictionary(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Returns the formats that are valid for a type; null when the type has no signature.</summary>
    public static FileFormat[]? FindFormats(ReadOnlySpan<char> type) =>
        Formats.TryGetValue(type, out var formats) ? formats
        // The suffix names the container (RFC 6839 §3.6, RFC 8460 §6.3).
        : type.EndsWith("+zip", StringComparison.OrdinalIgnoreCase) ? Archives
        : type.EndsWith("+gzip", StringComparison.OrdinalIgnoreCase) ? [Gzip]
        : null;

    private static Dictionary<string, FileFormat[]> CreateTable()
    {
        var table = new Dictionary<string, FileFormat[]>();
        AddImages(table);
        AddAudioAndVideo(table);
        AddDocuments(table);
        AddArchives(table);
        AddPrograms(table);
        return table;
    }

    private static void Add(this Dictionary<string, FileFormat[]> table, FileFormat[] formats, params string[] types)
    {
        foreach (var type in types)
            table.Add(type, formats);
    }

    private static void AddImages(Dictionary<string, FileFormat[]> table)
    {
        table.Add([Jpeg], "image/jpeg", "image/mpo", "image/x-mpo");
        table.Add([Png], "image/png");
        table.Add([Gif], "image/gif");
        table.Add([WebP], "image/webp");
        table.Add([Avif], "image/avif");
        // Phones send both types for the same files.
        table.Add([Heic, Heif], "image/heic", "image/heif", "image/heic-sequence", "image/heif-sequence");
        table.Add([Bmp], "image/bmp");
        table.Add(
            [Tiff], "image/tiff", "image/tiff-fx", "image/x-adobe-dng", "image/x-canon-cr2", "image/x-nikon-nef", "image/x-sony-arw",
            "image/x-pentax-pef");
        table.Add([Icon], "image/vnd.microsoft.icon");
        table.Add([Svg], "image/svg+xml");
        table.Add([Gzip], "image/svg+xml-compressed");
        table.Add([AnimatedCursor], AnimatedCursor.MediaType);
        table.Add([OpenRaster], OpenRaster.MediaType);
        table.Add([Krita], Krita.MediaType);
        table.Add([JpegXl], JpegXl.MediaType);
        table.Add([Jpeg2000], Jpeg2000.MediaType, "image/jpx", "image/jpm", "image/j2c");
        table.Add([Photoshop], Photoshop.MediaType);
    }

    private static void AddAudioAndVideo(Dictionary<string, FileFormat[]> table)
    {
        // Phones write 3GPP brands into files that they declare as MP4. A brand such as isom is used with and without a video track.
        table.Add([Mp4, ThreeGpp], "video/mp4", "application/mp4");
        table.Add([M4a, Mp4, ThreeGpp], "audio/mp4");
        table.Add([ThreeGpp], "video/3gpp", "audio/3gpp", "video/3gpp2", "audio/3gpp2");
        table.Add([QuickTime], "video/quicktime");
        table.Add([WebM], "video/webm", "audio/webm");
        // WebM is a profile of Matroska, so Matroska is a valid declaration for it.
        table.Add([Matroska, WebM], "video/x-matroska", "audio/x-matroska");
        table.Add([Avi], "video/x-msvideo");
        table.Add([Mp3], "audio/mpeg");
        table.Add([Wav], "audio/wav");
        table.Add([Ogg, OggAudio, OggVideo], "application/ogg");
        table.Add([OggAudio, Ogg], "audio/ogg");
        table.Add([OggVideo, OggAudio, Ogg], "video/ogg");
        table.Add([Aac], Aac.MediaType);
        table.Add([TransportStream], TransportStream.MediaType);
        table.Add([Flac], "audio/flac");
        table.Add([Aiff], "audio/aiff");
        table.Add([Midi], Midi.MediaType);
        table.Add([Amr], Amr.MediaType);
        table.Add([SunAudio], SunAudio.MediaType);
        table.Add([WavPack], WavPack.MediaType);
        table.Add([ProgramStream, TransportStream], ProgramStream.MediaType);
        table.Add([Asf], "video/x-ms-asf", "video/x-ms-wmv", "audio/x-ms-wma");
        table.Add([FlashVideo], FlashVideo.MediaType);
    }

    private static void AddDocuments(Dictionary<string, FileFormat[]> table)
    {
        table.Add([Pdf], "application/pdf");
        table.Add([Rtf], "application/rtf");
        table.Add([PostScript], PostScript.MediaType);
        table.Add([Sqlite], Sqlite.MediaType);
        // Both outlines occur in files of both names.
        table.Add([TrueType, OpenType], TrueType.MediaType);
        table.Add([OpenType, TrueType], OpenType.MediaType);
        table.Add([FontCollection], FontCollection.MediaType);
        table.Add([Woff], Woff.MediaType);
        table.Add([Woff2], Woff2.MediaType);
        table.Add([Epub], Epub.MediaType);
        table.Add([Odt], Odt.MediaType);
        table.Add([Ods], Ods.MediaType);
        table.Add([Odp], Odp.MediaType);
        table.Add([Odg], Odg.MediaType);
        table.Add([Ott], Ott.MediaType);
        table.Add([Ots], Ots.MediaType);
        table.Add([Otp], Otp.MediaType);
        table.Add([Otg], Otg.MediaType);
        table.Add([Docx], Docx.MediaType, "application/vnd.openxmlformats-officedocument.wordprocessingml.template");
        table.Add([Xlsx], Xlsx.MediaType, "application/vnd.openxmlformats-officedocument.spreadsheetml.template");
        table.Add(
            [Pptx],
            Pptx.MediaType,
            "application/vnd.openxmlformats-officedocument.presentationml.template",
            "application/vnd.openxmlformats-officedocument.presentationml.slideshow");
        // A type that allows macros does not require them.
        table.Add([Docm, Docx], Docm.MediaType, "application/vnd.ms-word.template.macroEnabled.12");
        table.Add(
            [Xlsm, Xlsx],
            Xlsm.MediaType,
            "application/vnd.ms-excel.template.macroEnabled.12",
            "application/vnd.ms-excel.addin.macroEnabled.12");
        table.Add([Xlsb], Xlsb.MediaType);
        table.Add(
            [Pptm, Pptx],
            Pptm.MediaType,
            "application/vnd.ms-powerpoint.template.macroEnabled.12",
            "application/vnd.ms-powerpoint.slideshow.macroEnabled.12",
            "application/vnd.ms-powerpoint.addin.macroEnabled.12");
        // Compound is detected when the file is damaged, so that its directory cannot be read.
        table.Add([Doc, Compound], "application/msword");
        table.Add([Xls, Compound], "application/vnd.ms-excel");
        table.Add([Ppt, Compound], "application/vnd.ms-powerpoint");
        table.Add([Outlook, Compound], Outlook.MediaType);
        table.Add([Visio, Compound], Visio.MediaType);
        table.Add([OtherCompound, Compound], "application/vnd.ms-project", "application/x-mspublisher");
        table.Add([Compound, OtherCompound, SeveralDocuments, Doc, Xls, Ppt, Outlook, Visio, Encrypted], Compound.MediaType);
    }

    private static void AddArchives(Dictionary<string, FileFormat[]> table)
    {
        // The ZIP type declares nothing about the entries, so it is valid for every format that is a ZIP archive.
        table.Add(
            [
                Zip, UnreadableZip, LongZip, Jar, Apk, Extension, Epub, Docx, Xlsx, Pptx, Docm, Xlsm, Xlsb, Pptm, Odt, Ods, Odp, Odg, Ott,
                Ots, Otp, Otg, OpenRaster, Krita,
            ],
            "application/zip");
        table.Add(
            Archives, "application/vnd.google-earth.kmz", "application/vnd.comicbook+zip", "model/3mf", "application/vnd.apple.pages",
            "application/vnd.apple.numbers", "application/vnd.apple.keynote");
        // Programs have thousands of entries, and the entries that were not read cannot contradict the declared type.
        table.Add([Jar, LongZip], "application/java-archive");
        table.Add([Apk, LongZip], Apk.MediaType);
        table.Add([Extension, LongZip], Extension.MediaType);
        table.Add([Gzip], "application/gzip");
        table.Add([SevenZip], SevenZip.MediaType);
        table.Add([Rar], "application/vnd.rar");
        table.Add([Tar], Tar.MediaType);
        table.Add([Bzip2], Bzip2.MediaType);
        table.Add([Xz], Xz.MediaType);
        table.Add([Zstandard], Zstandard.MediaType);
        table.Add([DiscImage], DiscImage.MediaType);
    }

    private static void AddPrograms(Dictionary<string, FileFormat[]> table)
    {
        table.Add([WindowsProgram], WindowsProgram.MediaType);
        table.Add([WindowsShortcut], WindowsShortcut.MediaType);
        table.Add([Installer], Installer.MediaType);
        table.Add([Elf], Elf.MediaType);
        table.Add([MachO], MachO.MediaType, "application/java-vm");
        table.Add([WebAssembly], WebAssembly.MediaType);
    }
}
