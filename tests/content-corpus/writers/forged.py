"""Files with the signature of one format and the content of another, and files that are valid in two formats."""
import io
import struct
import zipfile

from . import hostile, office

PAGE = f"<html>{hostile.SCRIPT}</html>".encode()

# The first bytes of a format and nothing else of it: an extension, its declared type, the bytes.
SIGNATURES = [
    ("jpg", "image/jpeg", b"\xff\xd8\xff\xe0"), ("png", "image/png", b"\x89PNG\r\n\x1a\n"), ("gif", "image/gif", b"GIF89a"),
    ("tiff", "image/tiff", b"II*\0"), ("webp", "image/webp", b"RIFF\0\0\0\0WEBP"),
    ("heic", "image/heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"),
    ("bmp", "image/bmp", b"BM" + bytes(12) + struct.pack("<I", 40)), ("pdf", "application/pdf", b"%PDF-1.7\n"),
    ("mp3", "audio/mpeg", b"ID3\x04\0\0\0\0\0\0"), ("wav", "audio/wav", b"RIFF\0\0\0\0WAVE"), ("ogg", "audio/ogg", b"OggS\0"),
    ("flac", "audio/flac", b"fLaC"), ("mp4", "video/mp4", b"\0\0\0\x14ftypisom\0\0\0\0isom"),
    ("webm", "video/webm", b"\x1a\x45\xdf\xa3\x87\x42\x82\x84webm"), ("gz", "application/gzip", b"\x1f\x8b\x08"),
    ("7z", "application/x-7z-compressed", b"7z\xbc\xaf\x27\x1c"), ("rtf", "application/rtf", b"{\\rtf1 "),
]

# Another format or markup before a signature that its readers look for further on.
BEFORE_PDF = {"a page": PAGE, "a comment": b"<!-- ", "an SVG": hostile.SVG.encode(), "a PNG": b"\x89PNG\r\n\x1a\n" + bytes(64),
              "a GIF": b"GIF89a" + bytes(40), "a Windows program": hostile.windows_program()[:900], "a ZIP": hostile.archive({"a": b"b"}),
              "a shell script": b"#!/bin/sh\nexit\n", "JavaScript": b"(function(){})()\n", "PHP": b"<?php system('a'); ?>\n"}


def files(corpus):
    """Yields name, kind, bytes, upload name, declared type, profile."""
    for extension, media_type, signature in SIGNATURES:
        name = f"signature-then-page.{extension}"
        yield name, "signature followed by HTML", signature + PAGE, name, media_type, media_type
    pdf = (corpus.outputs / "reportlab-letter.pdf").read_bytes()
    for what, before in BEFORE_PDF.items():
        slug = what.split(" ", 1)[-1].replace(" ", "-").lower()
        for declared in ("application/pdf", ""):
            yield f"{slug}-then-pdf", f"{what} followed by a PDF", before + pdf, "invoice.pdf", declared, "application/pdf"
    yield from polyglots(corpus)
    yield from confusions(corpus)


def polyglots(corpus):
    """Files that are valid in the declared format and carry something else as well."""
    def read(name):
        return (corpus.outputs / name).read_bytes()
    jar = hostile.archive({"META-INF/MANIFEST.MF": b"Main-Class: A\n"})
    jpeg = read("sharp-baseline.jpg")
    comment = f"<?php system('a'); ?>{hostile.SCRIPT}".encode()
    png = read("sharp-rgb.png")
    both = [
        ("polyglot.gif", "image/gif", b"GIF89a/*" + read("gifsicle-small.gif")[8:] + b"*/=1;" + hostile.JS.encode(), "GIF and JavaScript"),
        ("polyglot-archive.jpg", "image/jpeg", jpeg + jar, "JPEG with a Java archive behind it"),
        ("polyglot-comment.jpg", "image/jpeg", jpeg[:2] + b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment + jpeg[2:],
         "JPEG with PHP and HTML in a comment"),
        ("polyglot-archive.png", "image/png", png + jar, "PNG with a Java archive behind it"),
        ("polyglot-page.png", "image/png", png + PAGE, "PNG with HTML behind it"),
        ("polyglot-page.pdf", "application/pdf", read("reportlab-letter.pdf") + PAGE, "PDF with HTML behind it"),
        ("polyglot-page.mp3", "audio/mpeg", read("lame-tagged.mp3") + PAGE, "MP3 with HTML behind it"),
    ]
    for name, media_type, content, kind in both:
        yield name, kind, content, name, media_type, media_type
        other = "application/java-archive" if "archive" in kind else "image/webp"
        yield name, f"{kind}; another format is declared", content, "a." + other.split("-")[-1], other, other


def confusions(corpus):
    """Containers whose beginning names one kind of document and whose directory or content is another."""
    macros = zipfile.ZipFile(io.BytesIO(hostile.with_macros((corpus.outputs / "pandoc-report.docx").read_bytes(), "word")))
    entries = {name: macros.read(name) for name in macros.namelist()}
    for extension, media_type in (("odt", office.TYPES["odt"]), ("epub", "application/epub+zip")):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("mimetype", media_type)
            for name, content in entries.items():
                archive.writestr(name, content)
        yield (f"macros-behind-mimetype.{extension}", "Word document with macros behind a first entry mimetype", out.getvalue(),
               f"a.{extension}", media_type, media_type)
    docm = hostile.with_macros((corpus.outputs / "pandoc-report.docx").read_bytes(), "word")
    docx = office.TYPES["docx"]
    for before, kind in ((hostile.windows_program(), "Windows program"), (PAGE, "HTML"), (b"GIF89a" + bytes(30), "GIF")):
        slug = kind.lower().replace(" ", "-")
        yield f"{slug}-then-docx", f"{kind} followed by a Word document", before + docm, "letter.docx", docx, docx
        yield (f"{slug}-then-zip", f"{kind} followed by a ZIP archive", before + hostile.archive({"a": b"b"}), "a.zip",
               "application/zip", "application/zip")
    tag = b"ID3\x04\0\0\0\0\0\x0a" + bytes(10)
    for content, kind in ((hostile.windows_program(), "Windows program"), (PAGE, "HTML"), (hostile.archive({"a": b"b"}), "ZIP archive")):
        slug = kind.lower().replace(" ", "-")
        yield f"tag-then-{slug}.mp3", f"ID3 tag followed by a {kind}", tag + content, "song.mp3", "audio/mpeg", "audio/mpeg"
        yield f"tag-then-{slug}.mp3", f"ID3 tag followed by a {kind}", tag + content, "song.flac", "audio/flac", "audio/flac"
    sheet = b"<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><table><tr><td>1</td></tr></table></html>"
    xml = b"<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?>\n<Workbook/>"
    for profile in ("application/vnd.ms-excel", "text/csv", "application/vnd.ms-excel,text/csv"):
        yield "page-table.xls", "HTML table called .xls", sheet, "table.xls", "application/vnd.ms-excel", profile
        yield "xml-table.xls", "XML workbook called .xls", xml, "table.xls", "application/vnd.ms-excel", profile
    wildcard = [("7zip-folder.zip", "application/x-foo"), ("reportlab-letter.pdf", "image/x-foo"), ("lame-bare.mp3", "image/x-foo"),
                ("pandoc-report.docx", "image/x-foo"), ("python-excel.csv", "image/x-foo"), ("ffmpeg-avc.mp4", "image/x-foo"),
                ("sharp-rgb.png", "audio/x-foo"), ("7zip-folder.zip", "audio/x-foo"), ("reportlab-letter.pdf", "audio/x-foo"),
                ("reportlab-letter.pdf", "video/x-foo"), ("sqlite-table.sqlite", "image/x-foo"), ("gzip-text.gz", "video/x-foo")]
    for name, declared in wildcard:
        kind = declared.split("/")[0]
        profile = "image/*" if kind == "application" else f"{kind}/*"
        yield name, f"{corpus.files[name][0]}; an unknown type is declared", b"", "a.foo", declared, profile
        yield name, f"{corpus.files[name][0]}; no type is declared, the profile has a wildcard", b"", "a.foo", "", profile
