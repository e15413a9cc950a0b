namespace DirectUpload.Profiles;

/// <summary>Lists the media types with their aliases and usual file extensions.</summary>
/// <remarks>
/// Sources: the IANA registry; WHATWG MIME Sniffing (§4.6 and §6 name the JavaScript and the sniffed types); the types that Windows
/// registers below HKEY_CLASSES_ROOT and that macOS declares for its uniform type identifiers; freedesktop.org's shared-mime-info. The
/// canonical name is the one that current browsers send and play, which is not always the registered one (video/x-msvideo).
/// </remarks>
internal static class MediaTypeTable
{
    /// <summary>The name of the type that declares nothing.</summary>
    public const string Generic = "application/octet-stream";

    private const string OpenXml = "application/vnd.openxmlformats-officedocument.";
    private const string OpenDocument = "application/vnd.oasis.opendocument.";

    /// <summary>The types whose content the inspector recognizes by its bytes.</summary>
    public static IReadOnlyList<MediaTypeRow> Recognized { get; } =
    [
        new("image/jpeg", "image/jpg image/pjpeg image/x-jpeg image/x-jpg image/jfif application/jpg application/x-jpg",
            "jpg jpeg jpe jfif pjpeg pjp"),
        new("image/png", "image/x-png image/apng image/vnd.mozilla.apng application/png application/x-png", "png apng"),
        new("image/gif", "image/x-gif", "gif"),
        new("image/webp", "image/x-webp", "webp"),
        new("image/avif", "image/avif-sequence", "avif avifs"),
        new("image/heic", "image/x-heic", "heic"),
        new("image/heif", "image/x-heif", "heif hif"),
        new("image/heic-sequence", extensions: "heics"),
        new("image/heif-sequence", extensions: "heifs"),
        new("image/bmp", "image/x-bmp image/x-ms-bmp image/x-windows-bmp image/x-win-bitmap application/bmp application/x-bmp", "bmp dib"),
        new("image/tiff", "image/tif image/x-tif image/x-tiff application/tif application/x-tif application/tiff", "tif tiff"),
        new("image/vnd.microsoft.icon", "image/x-icon image/ico image/icon image/x-ico application/ico", "ico"),
        new("image/svg+xml", "image/svg image/svg-xml application/svg+xml image/vnd.adobe.svg+xml", "svg"),
        new("image/svg+xml-compressed", extensions: "svgz"),
        new("image/openraster", extensions: "ora"),
        new("application/x-krita", extensions: "kra"),
        new("application/x-navi-animation", extensions: "ani"),
        new("application/x-xpinstall", extensions: "xpi"),
        new("image/x-adobe-dng", "image/dng image/adobe-dng", "dng"),
        new("image/x-canon-cr2", "image/cr2", "cr2"),
        new("image/x-nikon-nef", "image/nef", "nef"),
        new("image/x-sony-arw", "image/arw", "arw"),
        new("image/x-pentax-pef", "image/pef", "pef"),
        new("video/mp4", "video/x-m4v video/m4v video/x-mp4 video/mp4v-es video/mpeg4", "mp4 m4v mp4v"),
        new("audio/mp4", "audio/m4a audio/x-m4a audio/m4b audio/x-m4b audio/x-m4r audio/x-mp4 audio/mpeg4", "m4a m4b m4r"),
        new("video/quicktime", "video/x-quicktime video/mov", "mov qt"),
        new("video/3gpp", "video/3gp video/x-3gpp", "3gp 3gpp"),
        new("audio/3gpp", "audio/3gp audio/x-3gpp"),
        new("video/3gpp2", "video/3gp2", "3g2 3gp2"),
        new("audio/3gpp2"),
        new("video/webm", "video/x-webm", "webm"),
        new("audio/webm", "audio/x-webm", "weba"),
        new("video/x-matroska", "video/matroska video/mkv video/x-mkv application/x-matroska", "mkv"),
        new("audio/x-matroska", "audio/matroska", "mka"),
        new("video/x-msvideo", "video/avi video/msvideo video/vnd.avi video/x-avi video/divx application/x-troff-msvideo", "avi divx"),
        new("audio/mpeg", "audio/mp3 audio/x-mp3 audio/mpeg3 audio/x-mpeg-3 audio/x-mpeg audio/mpg audio/x-mpg audio/x-mpegaudio",
            "mp3 mpga"),
        new("audio/wav", "audio/x-wav audio/wave audio/vnd.wave audio/x-pn-wav", "wav wave"),
        new("audio/ogg", "audio/x-ogg audio/vorbis audio/x-vorbis audio/x-vorbis+ogg audio/opus audio/x-opus+ogg", "ogg oga opus"),
        new("video/ogg", "video/x-ogg video/x-theora+ogg video/x-ogm+ogg", "ogv"),
        new("application/ogg", "application/x-ogg", "ogx"),
        new("audio/aac", "audio/x-aac audio/aacp audio/x-hx-aac-adts audio/vnd.dlna.adts", "aac"),
        new("video/mp2t", "video/vnd.dlna.mpeg-tts", "m2ts"),
        new("audio/flac", "audio/x-flac", "flac"),
        new("audio/aiff", "audio/x-aiff audio/aif audio/x-aif sound/aiff", "aiff aif aifc"),
        new("application/pdf", "application/x-pdf application/acrobat application/nappdf image/pdf", "pdf"),
        new("application/rtf", "text/rtf application/x-rtf", "rtf"),
        new("application/epub+zip", "application/x-epub+zip application/epub", "epub"),
        new(OpenDocument + "text", "application/x-vnd.oasis.opendocument.text", "odt"),
        new(OpenDocument + "spreadsheet", "application/x-vnd.oasis.opendocument.spreadsheet", "ods"),
        new(OpenDocument + "presentation", "application/x-vnd.oasis.opendocument.presentation", "odp"),
        new(OpenDocument + "graphics", "application/x-vnd.oasis.opendocument.graphics", "odg"),
        new(OpenDocument + "text-template", extensions: "ott"),
        new(OpenDocument + "spreadsheet-template", extensions: "ots"),
        new(OpenDocument + "presentation-template", extensions: "otp"),
        new(OpenDocument + "graphics-template", extensions: "otg"),
        new(OpenXml + "wordprocessingml.document", extensions: "docx"),
        new(OpenXml + "spreadsheetml.sheet", extensions: "xlsx"),
        new(OpenXml + "presentationml.presentation", extensions: "pptx"),
        new(OpenXml + "wordprocessingml.template", extensions: "dotx"),
        new(OpenXml + "spreadsheetml.template", extensions: "xltx"),
        new(OpenXml + "presentationml.template", extensions: "potx"),
        new(OpenXml + "presentationml.slideshow", extensions: "ppsx"),
        new("application/vnd.ms-word.document.macroenabled.12", extensions: "docm"),
        new("application/vnd.ms-excel.sheet.macroenabled.12", extensions: "xlsm"),
        new("application/vnd.ms-excel.sheet.binary.macroenabled.12", extensions: "xlsb"),
        new("application/vnd.ms-powerpoint.presentation.macroenabled.12", extensions: "pptm"),
        new("application/msword", "application/vnd.msword application/vnd.ms-word application/x-msword application/doc application/winword "
            + "application/word zz-application/zz-winassoc-doc", "doc dot"),
        new("application/vnd.ms-excel", "application/msexcel application/x-msexcel application/x-ms-excel application/x-excel "
            + "application/excel application/xls application/x-xls application/x-dos_ms_excel zz-application/zz-winassoc-xls",
            "xls xlt xla"),
        new("application/vnd.ms-powerpoint", "application/mspowerpoint application/x-mspowerpoint application/ms-powerpoint "
            + "application/powerpoint application/x-powerpoint", "ppt pps pot"),
        new("application/vnd.ms-outlook", "application/msoutlook application/x-msg", "msg"),
        new("application/vnd.visio", "application/x-visio application/visio", "vsd"),
        new("application/vnd.ms-project", "application/msproject application/x-msproject application/x-project", "mpp"),
        new("application/x-mspublisher", "application/vnd.ms-publisher application/mspublisher", "pub"),
        new("application/x-ole-storage", "application/cdfv2 application/x-cdf-ole"),
        new("application/zip", "application/x-zip application/x-zip-compressed application/zip-compressed multipart/x-zip", "zip"),
        new("application/java-archive", "application/x-java-archive application/x-jar", "jar"),
        new("application/vnd.android.package-archive", extensions: "apk"),
        new("application/vnd.google-earth.kmz", "application/vnd.google-earth.kmz+xml", "kmz"),
        new("application/vnd.comicbook+zip", "application/x-cbz", "cbz"),
        new("model/3mf", "application/vnd.ms-package.3dmanufacturing-3dmodel+xml", "3mf"),
        new("application/vnd.apple.pages", "application/x-iwork-pages-sffpages", "pages"),
        new("application/vnd.apple.numbers", "application/x-iwork-numbers-sffnumbers", "numbers"),
        new("application/vnd.apple.keynote", "application/x-iwork-keynote-sffkey", "key"),
        new("application/gzip", "application/x-gzip application/gzip-compressed application/gzipped application/x-gunzip application/x-tgz "
            + "application/x-compressed application/x-compressed-tar application/x-gtar-compressed", "gz tgz"),
        new("application/x-7z-compressed", "application/x-7z application/x-7zip application/7z-compressed", "7z"),
        new("application/vnd.rar", "application/x-rar application/x-rar-compressed application/rar", "rar"),
        new("application/vnd.microsoft.portable-executable", "application/x-msdownload application/x-dosexec application/x-msdos-program "
            + "application/x-ms-dos-executable application/exe application/x-exe application/x-winexe", "exe dll"),
        new("application/x-ms-shortcut", "application/x-win-lnk", "lnk"),
        new("application/x-msi", "application/x-ms-installer", "msi"),
        new("application/x-elf", "application/x-executable application/x-sharedlib application/x-pie-executable"),
        new("application/x-mach-binary"),
        new("application/wasm", extensions: "wasm"),
        new("image/jxl", "image/x-jxl", "jxl"),
        new("image/jp2", "image/jpeg2000 image/jpeg2000-image image/x-jpeg2000-image", "jp2"),
        new("image/vnd.adobe.photoshop", "image/psd image/x-psd image/photoshop image/x-photoshop application/photoshop "
            + "application/x-photoshop application/psd", "psd"),
        new("application/postscript", "application/eps application/x-eps image/eps image/x-eps", "ps eps"),
        new("audio/midi", "audio/mid audio/x-midi audio/x-mid application/x-midi", "mid midi"),
        new("audio/x-ms-wma", "audio/wma", "wma"),
        new("audio/amr", "audio/x-amr", "amr"),
        new("video/mpeg", "video/mpg video/x-mpeg video/x-mpg video/mpeg2 video/x-mpeg2", "mpg mpeg"),
        new("video/x-ms-wmv", "video/wmv", "wmv"),
        new("video/x-ms-asf", "video/x-ms-asf-plugin application/vnd.ms-asf", "asf"),
        new("video/x-flv", "video/flv", "flv"),
        new("application/x-tar", "application/tar application/x-gtar", "tar"),
        new("application/x-bzip2", "application/bzip2 application/x-bz2 application/x-bzip", "bz2"),
        new("application/x-xz", "application/xz", "xz"),
        new("application/zstd", "application/x-zstd", "zst"),
        new("application/x-iso9660-image", "application/x-cd-image", "iso"),
        new("application/vnd.sqlite3", "application/x-sqlite3", "sqlite"),
        new("font/ttf", "application/x-font-ttf application/font-ttf application/x-font-truetype font/truetype", "ttf"),
        new("font/otf", "application/x-font-otf application/font-otf application/x-font-opentype font/opentype", "otf"),
        new("font/woff", "application/font-woff application/x-font-woff", "woff"),
        new("font/woff2", "application/font-woff2 application/x-font-woff2", "woff2"),
        new("font/collection", extensions: "ttc"),
        new("audio/basic", "audio/x-au audio/au", "au snd"),
        new("audio/x-wavpack", "audio/wavpack", "wv"),
    ];

    /// <summary>The types of text: bytes show that content is text, and its declared type or extension shows which text.</summary>
    public static IReadOnlyList<MediaTypeRow> Text { get; } =
    [
        new("text/plain", extensions: "txt text log"),
        new("text/csv", "text/comma-separated-values text/x-csv text/x-comma-separated-values application/csv application/x-csv", "csv"),
        new("text/tab-separated-values", "text/tsv", "tsv tab"),
        new("text/markdown", "text/x-markdown text/x-web-markdown", "md markdown"),
        new("text/calendar", "application/ics text/x-vcalendar", "ics ical"),
        new("text/vcard", "text/x-vcard text/directory", "vcf vcard"),
        new("text/vtt", extensions: "vtt"),
        new("application/x-subrip", "text/srt text/x-subrip application/srt", "srt"),
        new("application/json", "text/json text/x-json application/x-json", "json"),
        new("application/x-ndjson", "application/jsonl application/jsonlines application/x-jsonlines application/ndjson", "ndjson jsonl"),
        new("application/yaml", "application/x-yaml text/yaml text/x-yaml text/vnd.yaml", "yaml yml"),
        new("application/toml", "text/toml text/x-toml", "toml"),
        new("application/sql", "application/x-sql text/sql text/x-sql", "sql"),
        new("application/geo+json", "application/vnd.geo+json", "geojson"),
        new("application/gpx+xml", "application/gpx application/x-gpx+xml", "gpx"),
        new("application/vnd.google-earth.kml+xml", extensions: "kml"),
        new("application/vnd.apple.mpegurl", "application/x-mpegurl audio/mpegurl audio/x-mpegurl", "m3u8 m3u"),
        new("application/xml", "text/xml", "xml"),
        new("text/html", extensions: "html htm"),
        new("application/xhtml+xml", extensions: "xhtml"),
        new("text/css", extensions: "css"),
        new("text/javascript", "application/javascript application/x-javascript application/ecmascript application/x-ecmascript "
            + "text/ecmascript text/x-javascript text/x-ecmascript text/jscript text/livescript", "js mjs cjs"),
        new("text/typescript", "text/x-typescript application/typescript application/x-typescript", "ts tsx mts cts"),
        new("text/jsx", extensions: "jsx"),
        new("application/x-sh", "text/x-sh application/x-shellscript text/x-shellscript", "sh"),
        new("application/x-bat", "application/bat application/x-msdos-batch", "bat cmd"),
        new("text/x-python", "text/x-python-script text/x-script.python text/python", "py"),
        new("text/x-c", "text/x-csrc text/x-chdr text/x-c++ text/x-c++src text/x-c++hdr", "c h cc cpp cxx hpp"),
        new("text/x-csharp", extensions: "cs"),
        new("text/x-java-source", "text/x-java text/java", "java"),
        new("text/x-go", "text/go", "go"),
        new("text/rust", "text/x-rust", "rs"),
        new("text/x-kotlin", extensions: "kt"),
        new("text/x-swift", extensions: "swift"),
        new("text/x-lua", "application/x-lua", "lua"),
        new("text/x-tex", "application/x-tex application/x-latex text/x-latex", "tex latex"),
        new("text/x-rst", "text/prs.fallenstein.rst", "rst"),
        new("text/x-ssa", "text/x-ass application/x-ass", "ass ssa"),
        new("text/x-diff", "text/x-patch", "diff patch"),
        new("text/x-ini", "text/ini", "ini"),
        new("application/vnd.oasis.opendocument.text-flat-xml", extensions: "fodt"),
        new("text/x-perl", "application/x-perl", "pl pm"),
        new("text/x-ruby", "application/x-ruby", "rb"),
        new("application/x-httpd-php", "application/x-php text/x-php text/php application/php", "php"),
    ];

    /// <summary>The types that only a declared type or an extension names.</summary>
    public static IReadOnlyList<MediaTypeRow> Unrecognized { get; } =
    [
        new(Generic, "binary/octet-stream application/binary application/x-binary application/unknown application/x-unknown "
            + "application/x-octet-stream application/octetstream application/download application/x-download application/force-download "
            + "application/x-force-download application/x-unknown-content-type", "bin"),
        new("image/vnd.dwg", "image/x-dwg image/dwg application/acad application/x-acad application/autocad_dwg application/dwg "
            + "application/x-dwg application/x-autocad drawing/dwg", "dwg"),
        new("image/vnd.dxf", "image/x-dxf image/dxf application/dxf application/x-dxf", "dxf"),
        new("model/stl", "application/sla application/vnd.ms-pki.stl application/x-navistyle model/x.stl-binary model/x.stl-ascii", "stl"),
        new("message/rfc822", extensions: "eml"),
    ];
}
