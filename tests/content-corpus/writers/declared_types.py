"""The types that browsers, operating systems and phones declare for files of each type; '' stands for no type.

Sources: the type tables of Chromium (net/base/mime_util.cc), Firefox (uriloader/exthandler), Windows (HKEY_CLASSES_ROOT, "Content Type"),
macOS (Uniform Type Identifiers), freedesktop.org's shared-mime-info and Android's MimeTypeMap.
"""

OCTETS = "application/octet-stream"

_TABLE = """
image/jpeg: image/jpeg (browsers), image/jpg (Android), image/pjpeg (Windows)
image/png: image/png (browsers), image/x-png (Windows)
image/gif: image/gif (browsers)
image/webp: image/webp (browsers)
image/avif: image/avif (browsers)
image/heic: image/heic (iOS), image/heif (Android)
image/bmp: image/bmp (browsers), image/x-ms-bmp (Linux), image/x-bmp (Linux)
image/tiff: image/tiff (browsers)
image/vnd.microsoft.icon: image/x-icon (browsers), image/vnd.microsoft.icon (Linux), image/ico (scripts)
image/vnd.adobe.photoshop: image/vnd.adobe.photoshop (Linux), image/x-photoshop (Linux), image/x-psd (Linux)
image/jp2: image/jp2 (macOS)
image/jxl: image/jxl (browsers)
image/svg+xml: image/svg+xml (browsers)
audio/mpeg: audio/mpeg (browsers), audio/mp3 (Chromium), audio/x-mp3 (Linux), audio/x-mpeg (Linux), audio/mpeg3 (macOS), audio/mpg (Windows)
audio/wav: audio/wav (browsers), audio/x-wav (Firefox), audio/wave (Firefox), audio/vnd.wave (Linux)
audio/flac: audio/flac (browsers), audio/x-flac (Linux)
audio/ogg: audio/ogg (browsers), application/ogg (Linux), video/ogg (Chromium), audio/x-vorbis+ogg (Linux), audio/opus (Android)
audio/mp4: audio/mp4 (browsers), audio/x-m4a (Chromium), audio/m4a (Android)
audio/aac: audio/aac (browsers), audio/vnd.dlna.adts (Windows), audio/x-aac (Linux)
audio/aiff: audio/aiff (Windows), audio/x-aiff (Linux)
audio/basic: audio/basic (browsers)
audio/x-ms-wma: audio/x-ms-wma (Windows)
audio/x-wavpack: audio/x-wavpack (Linux)
audio/x-matroska: audio/x-matroska (Linux), audio/matroska (IANA)
audio/webm: audio/webm (browsers), audio/webm;codecs=opus (MediaRecorder), video/webm (Chromium)
video/mp4: video/mp4 (browsers), video/x-m4v (macOS), video/m4v (Android)
video/quicktime: video/quicktime (browsers)
video/webm: video/webm (browsers), video/webm;codecs=vp8 (MediaRecorder)
video/x-matroska: video/x-matroska (browsers), video/matroska (IANA), application/x-matroska (Linux)
video/x-msvideo: video/x-msvideo (Linux), video/avi (Windows), video/msvideo (Linux), video/vnd.avi (Linux)
video/3gpp: video/3gpp (Android), audio/3gpp (Android), video/3gp (Linux)
video/3gpp2: video/3gpp2 (Android)
video/mpeg: video/mpeg (browsers), video/x-mpeg (Linux), video/mpg (scripts)
video/mp2t: video/mp2t (macOS), video/vnd.dlna.mpeg-tts (Windows)
video/x-flv: video/x-flv (Linux), video/flv (Linux)
video/x-ms-wmv: video/x-ms-wmv (Windows)
video/ogg: video/ogg (browsers), application/ogg (Linux)
application/pdf: application/pdf (browsers), application/x-pdf (Linux)
application/postscript: application/postscript (browsers)
application/rtf: application/rtf (Linux), text/rtf (macOS), application/msword (Windows with Word)
application/epub+zip: application/epub+zip (browsers)
font/ttf: font/ttf (Chromium), application/x-font-ttf (Linux)
font/woff: font/woff (Chromium), application/font-woff (Linux)
docx: docx (browsers), application/zip (Android)
xlsx: xlsx (browsers), application/vnd.ms-excel (Windows), application/zip (Android)
pptx: pptx (browsers), application/vnd.ms-powerpoint (Windows), application/zip (Android)
odt: odt (browsers), application/zip (Android)
ods: ods (browsers), application/zip (Android)
odp: odp (browsers), application/zip (Android)
application/msword: application/msword (browsers), application/vnd.ms-word (Linux)
application/vnd.ms-excel: application/vnd.ms-excel (browsers), application/msexcel (Linux), application/x-msexcel (Linux)
application/vnd.ms-powerpoint: application/vnd.ms-powerpoint (browsers), application/mspowerpoint (Linux), application/powerpoint (Linux)
application/zip: application/zip (browsers), application/x-zip-compressed (Windows), application/x-zip (Linux)
application/x-7z-compressed: application/x-7z-compressed (browsers)
application/gzip: application/gzip (Linux), application/x-gzip (Firefox), application/x-compressed (Windows), application/x-compressed-tar\
 (Linux)
application/x-tar: application/x-tar (browsers)
application/x-bzip2: application/x-bzip2 (browsers), application/x-bzip (Linux)
application/x-xz: application/x-xz (Linux)
application/zstd: application/zstd (Linux)
application/vnd.sqlite3: application/vnd.sqlite3 (Linux), application/x-sqlite3 (Linux)
text/csv: text/csv (browsers), application/vnd.ms-excel (Windows with Excel), application/csv (scripts), text/comma-separated-values\
 (Android), text/x-csv (Linux)
text/tab-separated-values: text/tab-separated-values (browsers)
text/plain: text/plain (browsers), text/plain;charset=utf-8 (Blob)
text/markdown: text/markdown (Chromium), text/x-markdown (Linux)
application/json: application/json (browsers), text/json (Windows)
application/geo+json: application/geo+json (Linux)
application/jsonl: application/jsonl (scripts)
application/xml: application/xml (Linux), text/xml (Chromium)
application/vnd.oasis.opendocument.text-flat-xml: application/vnd.oasis.opendocument.text-flat-xml (Linux)
text/html: text/html (browsers)
application/xhtml+xml: application/xhtml+xml (browsers)
text/x-tex: text/x-tex (Linux), application/x-tex (Chromium), application/x-latex (Chromium)
text/x-rst: text/x-rst (Linux)
text/vtt: text/vtt (browsers)
application/x-subrip: application/x-subrip (Linux), text/srt (scripts)
text/x-ssa: text/x-ssa (Linux)
application/yaml: application/yaml (IANA), application/x-yaml (Chromium), text/yaml (Firefox), text/x-yaml (Linux)
application/sql: application/sql (Linux), application/x-sql (Chromium), text/x-sql (Linux)
message/rfc822: message/rfc822 (browsers)
text/typescript: text/typescript (editors), video/mp2t (Linux), video/vnd.dlna.mpeg-tts (Windows), application/typescript (editors)
text/javascript: text/javascript (browsers), application/javascript (Linux), application/x-javascript (Firefox)
text/css: text/css (browsers)
text/x-python: text/x-python (Linux), text/x-python-script (macOS), text/plain (Windows)
application/x-sh: application/x-sh (Chromium), text/x-sh (macOS), application/x-shellscript (Linux)
application/x-php: application/x-php (Linux), application/x-httpd-php (Firefox), text/php (macOS)
text/x-c: text/x-c (scripts), text/x-csrc (Linux)
application/toml: application/toml (Linux)
text/vcard: text/vcard (browsers), text/x-vcard (Windows), text/directory (macOS)
text/calendar: text/calendar (browsers)
application/gpx+xml: application/gpx+xml (Linux)
application/vnd.google-earth.kml+xml: application/vnd.google-earth.kml+xml (Linux)
application/rss+xml: application/rss+xml (browsers)
"""

# Browsers without a table entry or an installed program declare no type for these; they know the others by heart.
_KNOWN_TO_EVERY_BROWSER = {
    "text/html", "text/plain", "text/css", "text/javascript", "application/xhtml+xml", "application/xml", "application/json",
    "image/svg+xml", "application/rss+xml", "application/x-sh", "application/x-php", "text/calendar", "message/rfc822",
}


def load(short_names):
    """Returns a dictionary from true type to the pairs (declared type, sender)."""
    table = {}
    for line in _TABLE.strip().splitlines():
        true, declared = line.split(": ", 1)
        pairs = [(short_names.get(name, name), sender) for name, sender in (split(part) for part in declared.split(", "))]
        true = short_names.get(true, true)
        if true not in _KNOWN_TO_EVERY_BROWSER:
            pairs += [("", "browsers without an entry"), (OCTETS, "curl and mobile apps")]
        table[true] = pairs
    return table


def split(part):
    declared, sender = part.split(" (", 1)
    return declared, sender.rstrip(")")
