namespace DirectUpload.Processing.Inspection;

/// <summary>Lists every format that the inspector recognizes.</summary>
internal static class FileFormats
{
    public static readonly FileFormat Jpeg = new("image/jpeg", "a JPEG image");
    public static readonly FileFormat Png = new("image/png", "a PNG image");
    public static readonly FileFormat Gif = new("image/gif", "a GIF image");
    public static readonly FileFormat WebP = new("image/webp", "a WebP image");
    public static readonly FileFormat Avif = new("image/avif", "an AVIF image");
    public static readonly FileFormat Heic = new("image/heic", "a HEIC image");
    public static readonly FileFormat Heif = new("image/heif", "a HEIF image");
    public static readonly FileFormat Bmp = new("image/bmp", "a BMP image");
    public static readonly FileFormat Tiff = new("image/tiff", "a TIFF image");
    public static readonly FileFormat Icon = new("image/vnd.microsoft.icon", "a Windows icon");
    public static readonly FileFormat AnimatedCursor = new("application/x-navi-animation", "an animated Windows cursor");
    public static readonly FileFormat OpenRaster = new("image/openraster", "an OpenRaster image");
    public static readonly FileFormat Krita = new("application/x-krita", "a Krita image");

    public static readonly FileFormat JpegXl = new("image/jxl", "a JPEG XL image");
    public static readonly FileFormat Jpeg2000 = new("image/jp2", "a JPEG 2000 image");
    public static readonly FileFormat Photoshop = new("image/vnd.adobe.photoshop", "a Photoshop image");

    public static readonly FileFormat Mp4 = new("video/mp4", "an MP4 video");
    public static readonly FileFormat M4a = new("audio/mp4", "an MP4 audio file");
    public static readonly FileFormat QuickTime = new("video/quicktime", "a QuickTime movie");
    public static readonly FileFormat ThreeGpp = new("video/3gpp", "a 3GPP video");
    public static readonly FileFormat WebM = new("video/webm", "a WebM video");
    public static readonly FileFormat Matroska = new("video/x-matroska", "a Matroska video");
    public static readonly FileFormat Avi = new("video/x-msvideo", "an AVI video");
    public static readonly FileFormat Mp3 = new("audio/mpeg", "an MPEG audio file");
    public static readonly FileFormat Wav = new("audio/wav", "a WAV audio file");
    public static readonly FileFormat Ogg = new("application/ogg", "an Ogg file");
    public static readonly FileFormat OggAudio = new("audio/ogg", "an Ogg audio file");
    public static readonly FileFormat OggVideo = new("video/ogg", "an Ogg video");
    public static readonly FileFormat Aac = new("audio/aac", "an AAC audio file");
    public static readonly FileFormat TransportStream = new("video/mp2t", "an MPEG transport stream");
    public static readonly FileFormat Flac = new("audio/flac", "a FLAC audio file");
    public static readonly FileFormat Aiff = new("audio/aiff", "an AIFF audio file");

    public static readonly FileFormat Midi = new("audio/midi", "a MIDI file");
    public static readonly FileFormat Amr = new("audio/amr", "an AMR recording");
    public static readonly FileFormat SunAudio = new("audio/basic", "an AU audio file");
    public static readonly FileFormat WavPack = new("audio/x-wavpack", "a WavPack audio file");
    public static readonly FileFormat ProgramStream = new("video/mpeg", "an MPEG video");
    public static readonly FileFormat Asf = new("video/x-ms-asf", "a Windows Media file");
    public static readonly FileFormat FlashVideo = new("video/x-flv", "a Flash video");

    public static readonly FileFormat TrueType = new("font/ttf", "a TrueType font");
    public static readonly FileFormat OpenType = new("font/otf", "an OpenType font");
    public static readonly FileFormat FontCollection = new("font/collection", "a font collection");
    public static readonly FileFormat Woff = new("font/woff", "a WOFF font");
    public static readonly FileFormat Woff2 = new("font/woff2", "a WOFF 2 font");

    public static readonly FileFormat PostScript = new("application/postscript", "a PostScript file");
    public static readonly FileFormat Sqlite = new("application/vnd.sqlite3", "an SQLite database");
    public static readonly FileFormat Pdf = new("application/pdf", "a PDF document");
    public static readonly FileFormat Rtf = new("application/rtf", "an RTF document");
    public static readonly FileFormat Gzip = new("application/gzip", "a gzip archive");
    public static readonly FileFormat SevenZip = new("application/x-7z-compressed", "a 7-Zip archive");
    public static readonly FileFormat Rar = new("application/vnd.rar", "a RAR archive");

    public static readonly FileFormat Tar = new("application/x-tar", "a tar archive");
    public static readonly FileFormat Bzip2 = new("application/x-bzip2", "a bzip2 archive");
    public static readonly FileFormat Xz = new("application/x-xz", "an xz archive");
    public static readonly FileFormat Zstandard = new("application/zstd", "a Zstandard archive");
    public static readonly FileFormat DiscImage = new("application/x-iso9660-image", "a disc image");

    public static readonly FileFormat Zip = new("application/zip", "a ZIP archive");
    public static readonly FileFormat UnreadableZip = new("application/zip", "a ZIP archive whose list of entries cannot be read");
    public static readonly FileFormat LongZip = new("application/zip", "a ZIP archive whose list of entries is too long to be checked");
    public static readonly FileFormat PrefixedZip = new("application/zip", "a ZIP archive behind other bytes");
    public static readonly FileFormat Jar = new("application/java-archive", "a Java archive");
    public static readonly FileFormat Apk = new("application/vnd.android.package-archive", "an Android package");
    public static readonly FileFormat Extension = new("application/x-xpinstall", "a browser extension");
    public static readonly FileFormat Epub = new("application/epub+zip", "an EPUB book");
    public static readonly FileFormat Docx = new(OpenXml + "wordprocessingml.document", "a Word document");
    public static readonly FileFormat Xlsx = new(OpenXml + "spreadsheetml.sheet", "an Excel workbook");
    public static readonly FileFormat Pptx = new(OpenXml + "presentationml.presentation", "a PowerPoint presentation");
    public static readonly FileFormat Docm =
        new("application/vnd.ms-word.document.macroEnabled.12", "a Word document with macros", isExecutable: true);
    public static readonly FileFormat Xlsm =
        new("application/vnd.ms-excel.sheet.macroEnabled.12", "an Excel workbook with macros", isExecutable: true);
    public static readonly FileFormat Xlsb =
        new("application/vnd.ms-excel.sheet.binary.macroEnabled.12", "a binary Excel workbook, which may hold macros", isExecutable: true);
    public static readonly FileFormat Pptm =
        new("application/vnd.ms-powerpoint.presentation.macroEnabled.12", "a PowerPoint presentation with macros", isExecutable: true);
    public static readonly FileFormat Odt = new(OpenDocument + "text", "an OpenDocument text");
    public static readonly FileFormat Ods = new(OpenDocument + "spreadsheet", "an OpenDocument spreadsheet");
    public static readonly FileFormat Odp = new(OpenDocument + "presentation", "an OpenDocument presentation");
    public static readonly FileFormat Odg = new(OpenDocument + "graphics", "an OpenDocument drawing");
    public static readonly FileFormat Ott = new(OpenDocument + "text-template", "an OpenDocument text template");
    public static readonly FileFormat Ots = new(OpenDocument + "spreadsheet-template", "an OpenDocument spreadsheet template");
    public static readonly FileFormat Otp = new(OpenDocument + "presentation-template", "an OpenDocument presentation template");
    public static readonly FileFormat Otg = new(OpenDocument + "graphics-template", "an OpenDocument drawing template");

    public static readonly FileFormat Compound = new("application/x-ole-storage", "an OLE compound file");
    public static readonly FileFormat OtherCompound = new("application/x-ole-storage", "an OLE compound file without an Office document");
    public static readonly FileFormat SeveralDocuments =
        new("application/x-ole-storage", "an OLE compound file that is several Office documents");
    public static readonly FileFormat Outlook = new("application/vnd.ms-outlook", "an Outlook message");
    public static readonly FileFormat Visio = new("application/vnd.visio", "a Visio drawing");
    public static readonly FileFormat Doc = new("application/msword", "a legacy Word document");
    public static readonly FileFormat Xls = new("application/vnd.ms-excel", "a legacy Excel workbook");
    public static readonly FileFormat Ppt = new("application/vnd.ms-powerpoint", "a legacy PowerPoint presentation");
    public static readonly FileFormat Encrypted = new("application/x-ole-storage", "a password-protected Office document");
    public static readonly FileFormat Installer = new("application/x-msi", "a Windows installer", isExecutable: true);

    public static readonly FileFormat WindowsProgram =
        new("application/vnd.microsoft.portable-executable", "a Windows program", isExecutable: true);
    public static readonly FileFormat WindowsShortcut = new("application/x-ms-shortcut", "a Windows shortcut", isExecutable: true);
    public static readonly FileFormat Elf = new("application/x-elf", "a Linux program", isExecutable: true);
    public static readonly FileFormat MachO = new("application/x-mach-binary", "a macOS program or Java class", isExecutable: true);
    public static readonly FileFormat WebAssembly = new("application/wasm", "a WebAssembly module", isExecutable: true);
    public static readonly FileFormat Shell = new("application/x-sh", "a shell script", isExecutable: true);
    public static readonly FileFormat JavaScript = new("text/javascript", "a JavaScript program", isExecutable: true);
    public static readonly FileFormat Php = new("application/x-httpd-php", "a PHP program", isExecutable: true);
    public static readonly FileFormat ServerPage = new("text/x-server-page", "a server page", isExecutable: true);
    public static readonly FileFormat Html = new("text/html", "an HTML page", isExecutable: true);
    public static readonly FileFormat HtmlFragment = new("text/html", "a piece of HTML", isExecutable: true);
    public static readonly FileFormat Svg = new("image/svg+xml", "an SVG image", isExecutable: true);
    public static readonly FileFormat Xml = new("application/xml", "an XML document");

    private const string OpenXml = "application/vnd.openxmlformats-officedocument.";
    private const string OpenDocument = "application/vnd.oasis.opendocument.";
}
