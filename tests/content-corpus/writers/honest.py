"""Pairs each honest file with the types that are really declared for it, under profiles that take its true type."""
import itertools

from . import declared_types, office

# Under these profiles the file's name and declared type name another format, which the profile takes as well: the bytes decide.
RENAMED = [
    ("cwebp-lossy.webp", "photo.jpg", "image/jpeg", "image/jpeg,image/webp", "a browser's \"save image as\""),
    ("sharp-rgb.png", "photo.jpg", "image/jpeg", "image/jpeg,image/png", "a renamed screenshot"),
    ("exiftool-camera.jpg", "scan.png", "image/png", "image/jpeg,image/png", "a renamed photo"),
    ("heif-enc-hevc.heic", "IMG_0001.jpg", "image/jpeg", "image/jpeg,image/heic", "an iPhone export"),
    ("heif-enc-hevc.heic", "IMG_0001.HEIC", "", "image/heic,image/jpeg", "Windows"),
    ("ffmpeg-animation.gif", "sticker.webp", "image/webp", "image/gif,image/webp", "a chat program"),
    ("sharp-still.avif", "photo.jpg", "image/jpeg", "image/jpeg,image/avif", "a CDN's negotiated image"),
    ("ffmpeg-avc.mp4", "clip.mov", "video/quicktime", "video/mp4,video/quicktime", "a renamed clip"),
    ("ffmpeg-avc.mov", "clip.mp4", "video/mp4", "video/mp4,video/quicktime", "a renamed clip"),
    ("ffmpeg-song.m4a", "song.mp3", "audio/mpeg", "audio/mpeg,audio/mp4", "a renamed song"),
    ("ffmpeg-vp9.webm", "clip.mkv", "video/x-matroska", "video/webm,video/x-matroska", "a renamed clip"),
    ("pandoc-report.docx", "report.doc", "application/msword", f"application/msword,{office.TYPES['docx']}", "Word's old extension"),
    ("openpyxl-table.xlsx", "table.xls", "application/vnd.ms-excel", f"application/vnd.ms-excel,{office.TYPES['xlsx']}",
     "an export of a web application"),
    ("pandoc-standalone.rtf", "letter.doc", "application/msword", "application/msword,application/rtf", "WordPad"),
    ("python-excel.csv", "export.xls", "application/vnd.ms-excel", "application/vnd.ms-excel,text/csv", "an export of a web application"),
    ("gzip-text.gz", "log.zip", "application/zip", "application/zip,application/gzip", "a renamed log"),
]


def pairs(files):
    declared = declared_types.load(office.TYPES)
    for name, (true, _, _, upload_name) in sorted(files.items()):
        for content_type, sender in declared[true]:
            yield name, upload_name, content_type, true, sender
        kind = true.split("/")[0]
        if kind in ("image", "audio", "video"):
            yield name, upload_name, declared[true][0][0], f"{kind}/*", "a profile for a whole kind"
            yield name, upload_name, "", f"{kind}/*", "a profile for a whole kind, no declared type"
    yield from itertools.chain(RENAMED)
