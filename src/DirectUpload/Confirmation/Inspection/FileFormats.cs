namespace DirectUpload.Confirmation;

/// <summary>Every format that the inspector can tell.</summary>
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
    public static readonly FileFormat Flac = new("audio/flac", "a FLAC audio file");
    public static readonly FileFormat Aiff = new("audio/aiff", "an AIFF audio file");

    public static readonly FileFormat Pdf = new("application/pdf", "a PDF document");
    public static readonly FileFormat Rtf = new("application/rtf", "an RTF document");
    public static readonly FileFormat Gzip = new("application/gzip", "a gzip archive");
    public static readonly FileFormat SevenZip = new("application/x-7z-compressed", "a 7-Zip archive");
    public static readonly FileFormat Rar = new("application/vnd.rar", "a RAR archive");

    public static readonly FileFormat Zip = new("application/zip", "a ZIP archive");
    public static readonly FileFormat UnreadableZip = new("application/zip", "a ZIP archive whose list of entries cannot be read");
    public static readonly FileFormat LongZip = new("application/zip", "a ZIP archive whose list of entries is too long to be checked");
    public static readonly FileFormat Jar = new("application/java-archive", "a Java archive");
    public static readonly FileFormat Apk = new("application/vnd.android.package-archive", "an Android package");
    public static readonly FileFormat Epub = new("application/epub+zip", "an EPUB book");
    public static readonly FileFormat Docx = new(OpenXml + "wordprocessingml.document", "a Word document");
    public static readonly FileFormat Xlsx = new(OpenXml + "spreadsheetml.sheet", "an Excel workbook");
    public static readonly FileFormat Pptx = new(OpenXml + "presentationml.presentation", "a PowerPoint presentation");
    public static readonly FileFormat Docm =
        new("application/vnd.ms-word.document.macroEnabled.12", "a Word document with macros", runsCode: true);
    public static readonly FileFormat Xlsm =
        new("application/vnd.ms-excel.sheet.macroEnabled.12", "an Excel workbook with macros", runsCode: true);
    public static readonly FileFormat Xlsb =
        new("application/vnd.ms-excel.sheet.binary.macroEnabled.12", "a binary Excel workbook, which may hold macros", runsCode: true);
    public static readonly FileFormat Pptm =
        new("application/vnd.ms-powerpoint.presentation.macroEnabled.12", "a PowerPoint presentation with macros", runsCode: true);
    public static readonly FileFormat Odt = new(OpenDocument + "text", "an OpenDocument text");
    public static readonly FileFormat Ods = new(OpenDocument + "spreadsheet", "an OpenDocument spreadsheet");
    public static readonly FileFormat Odp = new(OpenDocument + "presentation", "an OpenDocument presentation");
    public static readonly FileFormat Odg = new(OpenDocument + "graphics", "an OpenDocument drawing");

    public static readonly FileFormat Compound = new("application/x-ole-storage", "an OLE compound file");
    public static readonly FileFormat Doc = new("application/msword", "a legacy Word document");
    public static readonly FileFormat Xls = new("application/vnd.ms-excel", "a legacy Excel workbook");
    public static readonly FileFormat Ppt = new("application/vnd.ms-powerpoint", "a legacy PowerPoint presentation");
    public static readonly FileFormat Encrypted = new("application/x-ole-storage", "a password-protected Office document");
    public static readonly FileFormat Installer = new("application/x-msi", "a Windows installer", runsCode: true);

    public static readonly FileFormat WindowsProgram =
        new("application/vnd.microsoft.portable-executable", "a Windows program", runsCode: true);
    public static readonly FileFormat WindowsShortcut = new("application/x-ms-shortcut", "a Windows shortcut", runsCode: true);
    public static readonly FileFormat Elf = new("application/x-elf", "a Linux program", runsCode: true);
    public static readonly FileFormat MachO = new("application/x-mach-binary", "a macOS program or Java class", runsCode: true);
    public static readonly FileFormat WebAssembly = new("application/wasm", "a WebAssembly module", runsCode: true);
    public static readonly FileFormat Shell = new("application/x-sh", "a shell script", runsCode: true);
    public static readonly FileFormat JavaScript = new("text/javascript", "a JavaScript program", runsCode: true);
    public static readonly FileFormat Php = new("application/x-httpd-php", "a PHP program", runsCode: true);
    public static readonly FileFormat ServerPage = new("text/x-server-page", "a server page", runsCode: true);
    public static readonly FileFormat Html = new("text/html", "an HTML page", runsCode: true);
    public static readonly FileFormat HtmlFragment = new("text/html", "a piece of HTML", runsCode: true);
    public static readonly FileFormat Svg = new("image/svg+xml", "an SVG image", runsCode: true);
    public static readonly FileFormat Xml = new("application/xml", "an XML document");

    private const string OpenXml = "application/vnd.openxmlformats-officedocument.";
    private const string OpenDocument = "application/vnd.oasis.opendocument.";
}
