"""Programs, scripts, pages and documents with macros: what an attacker disguises."""
import io
import pathlib
import struct
import zipfile

JS = "alert(document.domain)"
SCRIPT = f"<script>{JS}</script>"
SVG = f'<svg xmlns="http://www.w3.org/2000/svg" onload="{JS}"/>'

TEXTS = {
    "page-doctype": ("HTML", f"<!DOCTYPE html><html><body>{SCRIPT}</body></html>"),
    "page-script-only": ("HTML", SCRIPT),
    "page-blank-lines": ("HTML", f"\r\n \t\n<HTML><BODY>{SCRIPT}"),
    "page-comment": ("HTML", f"<!-- a -->\n<html>{SCRIPT}</html>"),
    "page-bom": ("HTML", f"\ufeff<html>{SCRIPT}</html>"),
    "page-image-tag": ("HTML", f'<img src=x onerror="{JS}">'),
    "page-frame": ("HTML", f'<iframe srcdoc="{SCRIPT}"></iframe>'),
    "drawing": ("SVG with script", SVG),
    "drawing-declaration": ("SVG with script", f'<?xml version="1.0"?>\n<!-- a -->\n{SVG}'),
    "page-xhtml": ("XHTML", f'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><script>{JS}</script></html>'),
    "script-strict": ("JavaScript", f"'use strict';{JS}"),
    "script-function": ("JavaScript", f"/* a */(function(){{{JS}}})()"),
    "script-shell": ("shell script", "#!/bin/sh\nrm -rf ~\n"),
    "script-batch": ("batch file", "@echo off\r\ndel /q *\r\n"),
    "script-php": ("PHP", "<?php system($_GET['a']);"),
    "script-asp": ("ASP", "<% Response.Write(1) %>"),
}


def files(corpus):
    """Yields name, what it is, and bytes."""
    for name, (kind, text) in TEXTS.items():
        yield f"hostile-{name}", kind, text.encode()
    yield "hostile-page-utf16", "HTML", b"\xff\xfe" + f"<html>{SCRIPT}</html>".encode("utf-16-le")
    yield "hostile-windows-program", "Windows program", windows_program()
    yield "hostile-linux-program", "Linux program", pathlib.Path("/bin/true").read_bytes()[:8192]
    yield "hostile-macos-program", "macOS program", struct.pack("<IIIIIIII", 0xFEEDFACF, 0x01000007, 3, 2, 0, 0, 0, 0) + bytes(4000)
    yield "hostile-java-class", "Java class", b"\xca\xfe\xba\xbe" + struct.pack(">HHH", 0, 61, 10) + bytes(200)
    yield "hostile-webassembly", "WebAssembly module", b"\0asm\x01\0\0\0"
    yield "hostile-shortcut", "Windows shortcut", windows_shortcut()
    yield "hostile-java-archive", "Java archive", archive({"META-INF/MANIFEST.MF": b"Main-Class: A\n", "A.class": b"\xca\xfe\xba\xbe"})
    yield "hostile-android-package", "Android package", archive({"AndroidManifest.xml": b"\x03\0\x08\0", "classes.dex": b"dex\n035\0"})
    for name, kind, honest, folder in (
            ("docm", "Word document with macros", "pandoc-report.docx", "word"),
            ("xlsm", "Excel workbook with macros", "openpyxl-table.xlsx", "xl"),
            ("pptm", "PowerPoint presentation with macros", "pptxgenjs-slides.pptx", "ppt")):
        yield f"hostile-{name}", kind, with_macros((corpus.outputs / honest).read_bytes(), folder)
    yield "hostile-installer", "Windows installer", installer(corpus)
    yield "hostile-protected", "password-protected Office document", protected(corpus)


def is_admitted(name, claim):
    """Returns whether a profile takes what the file really is, so that it is no disguise."""
    if name.startswith("hostile-drawing"):
        return claim.startswith("any image")
    return (name, claim) in {("hostile-script-strict", "typescript"), ("hostile-script-function", "typescript")}


def windows_program():
    header = bytearray(0x80)
    header[:2] = b"MZ"
    header[0x3C] = 0x80
    header[0x4E:0x76] = b"This program cannot be run in DOS mode.\r"
    return bytes(header) + b"PE\0\0" + struct.pack("<HHIIIHH", 0x8664, 1, 0, 0, 0, 240, 0x22) + bytes(1000)


def windows_shortcut():
    return bytes.fromhex("4C0000000114020000000000C000000000000046") + struct.pack("<I", 1) + bytes(100)


def archive(entries):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in entries.items():
            file.writestr(name, content)
    return out.getvalue()


def with_macros(document, folder):
    macros = pathlib.Path("/usr/share/doc/python3-xlsxwriter/examples/vbaProject.bin").read_bytes()
    with zipfile.ZipFile(io.BytesIO(document)) as source:
        return archive({**{name: source.read(name) for name in source.namelist()}, f"{folder}/vbaProject.bin": macros})


def installer(corpus):
    (corpus.inputs / "a.wxs").write_text(
        '<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi"><Product Id="*" Name="A" Language="1033" Version="1.0" Manufacturer="A" '
        'UpgradeCode="11111111-1111-1111-1111-111111111111"><Package InstallerVersion="200" Compressed="yes"/>'
        '<Media Id="1" Cabinet="a.cab" EmbedCab="yes"/><Directory Id="TARGETDIR" Name="SourceDir"><Component Id="C" '
        'Guid="22222222-2222-2222-2222-222222222222"><File Id="F" Source="in.txt" KeyPath="yes"/></Component></Directory>'
        '<Feature Id="A" Title="A" Level="1"><ComponentRef Id="C"/></Feature></Product></Wix>')
    return corpus.make("wixl -o $OUT a.wxs")


def protected(corpus):
    """An OLE compound file with the streams of an encrypted workbook (MS-OFFCRYPTO)."""
    return corpus.make(
        "node -e \"const C=require('xlsx').CFB;const c=C.utils.cfb_new();C.utils.cfb_add(c,'/EncryptionInfo',Buffer.alloc(248,1));"
        "C.utils.cfb_add(c,'/EncryptedPackage',Buffer.alloc(5000,2));fs.writeFileSync('$OUT',C.write(c,{type:'buffer'}))\"")
