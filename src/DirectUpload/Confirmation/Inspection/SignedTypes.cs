using System.Collections.Frozen;
using static DirectUpload.Confirmation.FileFormats;

namespace DirectUpload.Confirmation;

/// <summary>
/// The declared types whose content can be recognised, and the formats that make each of them true. The first format is the one named
/// when nothing was recognised. Aliases are what browsers and operating systems really send.
/// </summary>
internal static class SignedTypes
{
    private static readonly FrozenDictionary<string, FileFormat[]>.AlternateLookup<ReadOnlySpan<char>> Formats =
        Table().ToFrozenDictionary(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Null when the type has no signature.</summary>
    public static FileFormat[]? FormatsOf(ReadOnlySpan<char> type) => Formats.TryGetValue(type, out var formats) ? formats : null;

    private static Dictionary<string, FileFormat[]> Table()
    {
        var table = new Dictionary<string, FileFormat[]>();
        Images(table);
        AudioAndVideo(table);
        Documents(table);
        Archives(table);
        Programs(table);
        return table;
    }

    private static void Add(this Dictionary<string, FileFormat[]> table, FileFormat[] formats, params string[] types)
    {
        foreach (var type in types)
            table.Add(type, formats);
    }

    private static void Images(Dictionary<string, FileFormat[]> table)
    {
        table.Add([Jpeg], "image/jpeg", "image/jpg", "image/pjpeg");
        table.Add([Png], "image/png", "image/x-png", "image/apng", "image/vnd.mozilla.apng");
        table.Add([Gif], "image/gif");
        table.Add([WebP], "image/webp");
        table.Add([Avif], "image/avif", "image/avif-sequence");
        // Phones use both names for the same files.
        table.Add([Heic, Heif], "image/heic", "image/heif", "image/heic-sequence", "image/heif-sequence");
        table.Add([Bmp], "image/bmp", "image/x-bmp", "image/x-ms-bmp");
        table.Add([Tiff], "image/tiff", "image/tiff-fx");
        table.Add([Icon], "image/vnd.microsoft.icon", "image/x-icon");
        table.Add([Svg], "image/svg+xml");
    }

    private static void AudioAndVideo(Dictionary<string, FileFormat[]> table)
    {
        // Phones write 3GPP brands into what they call mp4, and a brand such as isom does not say whether there is a picture.
        table.Add([Mp4, ThreeGpp], "video/mp4", "video/x-m4v", "video/m4v", "application/mp4");
        table.Add([M4a, Mp4, ThreeGpp], "audio/mp4", "audio/m4a", "audio/x-m4a");
        table.Add([ThreeGpp], "video/3gpp", "audio/3gpp", "video/3gpp2", "audio/3gpp2");
        table.Add([QuickTime], "video/quicktime");
        table.Add([WebM], "video/webm", "audio/webm");
        // WebM is a profile of Matroska, so calling it Matroska is true.
        table.Add([Matroska, WebM], "video/x-matroska", "audio/x-matroska", "video/matroska", "audio/matroska");
        table.Add([Avi], "video/x-msvideo", "video/avi", "video/msvideo", "video/vnd.avi");
        table.Add([Mp3], "audio/mpeg", "audio/mp3", "audio/x-mp3", "audio/mpeg3", "audio/x-mpeg");
        table.Add([Wav], "audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave", "audio/x-pn-wav");
        table.Add([Ogg], "application/ogg", "audio/ogg", "video/ogg", "audio/opus");
        table.Add([Flac], "audio/flac", "audio/x-flac");
        table.Add([Aiff], "audio/aiff", "audio/x-aiff");
    }

    private static void Documents(Dictionary<string, FileFormat[]> table)
    {
        table.Add([Pdf], "application/pdf", "application/x-pdf");
        table.Add([Rtf], "application/rtf", "text/rtf");
        table.Add([Epub], Epub.MediaType);
        table.Add([Odt], Odt.MediaType);
        table.Add([Ods], Ods.MediaType);
        table.Add([Odp], Odp.MediaType);
        table.Add([Odg], Odg.MediaType);
        table.Add([Docx], Docx.MediaType, "application/vnd.openxmlformats-officedocument.wordprocessingml.template");
        table.Add([Xlsx], Xlsx.MediaType, "application/vnd.openxmlformats-officedocument.spreadsheetml.template");
        table.Add(
            [Pptx],
            Pptx.MediaType,
            "application/vnd.openxmlformats-officedocument.presentationml.template",
            "application/vnd.openxmlformats-officedocument.presentationml.slideshow");
        // A type that allows macros does not demand them.
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
        // Compound is what is left when the directory lies in the unread middle of the file, or names more than one of them.
        table.Add([Doc, Compound], "application/msword");
        table.Add([Xls, Compound], "application/vnd.ms-excel");
        table.Add([Ppt, Compound], "application/vnd.ms-powerpoint");
        table.Add(
            [Compound],
            "application/vnd.ms-outlook",
            "application/vnd.visio",
            "application/vnd.ms-project",
            "application/x-mspublisher");
        table.Add([Compound, Doc, Xls, Ppt, Encrypted], Compound.MediaType);
    }

    private static void Archives(Dictionary<string, FileFormat[]> table)
    {
        // "zip" promises nothing about the entries, so it is true of everything that is packed as one.
        table.Add(
            [Zip, UnreadableZip, LongZip, Jar, Apk, Epub, Docx, Xlsx, Pptx, Docm, Xlsm, Xlsb, Pptm, Odt, Ods, Odp, Odg],
            "application/zip",
            "application/x-zip",
            "application/x-zip-compressed");
        // Programs have thousands of entries, and promise nothing that the unread ones could break.
        table.Add([Jar, LongZip], "application/java-archive", "application/x-java-archive");
        table.Add([Apk, LongZip], Apk.MediaType);
        table.Add([Gzip], "application/gzip", "application/x-gzip");
        table.Add([SevenZip], SevenZip.MediaType);
        table.Add([Rar], "application/vnd.rar", "application/x-rar", "application/x-rar-compressed");
    }

    private static void Programs(Dictionary<string, FileFormat[]> table)
    {
        table.Add(
            [WindowsProgram],
            WindowsProgram.MediaType,
            "application/x-msdownload",
            "application/x-dosexec",
            "application/x-msdos-program");
        table.Add([WindowsShortcut], WindowsShortcut.MediaType);
        table.Add([Installer], Installer.MediaType);
        table.Add([Elf], Elf.MediaType, "application/x-executable", "application/x-sharedlib", "application/x-pie-executable");
        table.Add([MachO], MachO.MediaType, "application/java-vm");
        table.Add([WebAssembly], WebAssembly.MediaType);
    }
}
