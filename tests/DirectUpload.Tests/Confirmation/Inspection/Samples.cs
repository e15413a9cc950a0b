namespace DirectUpload.Tests.Confirmation;

/// <summary>One file of every kind that the inspector knows, made here.</summary>
internal static class Samples
{
    public const string OpenXml = "application/vnd.openxmlformats-officedocument.";
    public const string OpenDocument = "application/vnd.oasis.opendocument.";

    public static readonly IReadOnlyList<Sample> All = [.. Images(), .. AudioAndVideo(), .. Documents(), .. Archives(), .. Programs(), .. Markup()];

    public static Sample Named(string name) => All.Single(sample => sample.Name == name);

    /// <summary>One-pixel PNG, complete with its checksums.</summary>
    public static byte[] Png => Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    public static byte[] Gif => Convert.FromBase64String("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

    public static byte[] Jpeg =>
        Bytes.Hex("FFD8 FFE0 0010 4A46 4946 00 0101 00 0001 0001 00 00 FFDB 0043 00" + new string('1', 128) + "FFD9");

    public static byte[] Pdf => Bytes.Ascii("%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");

    public static byte[] WindowsProgram =>
        [.. "MZ"u8, 0x90, 0, 3, 0, 0, 0, 4, 0, 0, 0, 0xFF, 0xFF, .. new byte[46], 0x40, 0, 0, 0, .. "PE\0\0"u8, 0x64, 0x86];

    public static byte[] Ftyp(string major, params string[] compatible) =>
    [
        .. Bytes.BigEndian(16 + (4 * compatible.Length)), .. Bytes.Ascii("ftyp" + major), 0, 0, 0, 0,
        .. Bytes.Ascii(string.Concat(compatible)), .. Bytes.BigEndian(8), .. "mdat"u8,
    ];

    /// <summary>An EBML header whose DocType comes after other elements, as writers have it.</summary>
    public static byte[] Ebml(string docType)
    {
        byte[] name = [0x42, 0x82, (byte)(0x80 | docType.Length), .. Bytes.Ascii(docType)];
        byte[] elements = [.. Bytes.Hex("4286 81 01 42F7 81 01 42F2 81 04 42F3 81 08"), .. name, .. Bytes.Hex("4287 81 04 4285 81 02")];
        return [0x1A, 0x45, 0xDF, 0xA3, (byte)(0x80 | elements.Length), .. elements, .. Bytes.Hex("18538067 01FFFFFFFFFFFFFF")];
    }

    /// <summary>Two frames of MPEG-1 layer III, 128 kbit/s, 44.1 kHz: 417 bytes each.</summary>
    public static byte[] Mp3Frames => [0xFF, 0xFB, 0x90, 0x00, .. new byte[413], 0xFF, 0xFB, 0x90, 0x00, .. new byte[413]];

    public static byte[] Riff(string form) => [.. "RIFF"u8, 4, 0, 0, 0, .. Bytes.Ascii(form)];

    private static IEnumerable<Sample> Images() =>
    [
        new("jpeg", "image/jpeg", Jpeg),
        new("png", "image/png", Png),
        new("gif", "image/gif", Gif),
        new("webp", "image/webp", [.. Riff("WEBP"), .. "VP8L"u8, 0, 0, 0, 0]),
        new("avif", "image/avif", Ftyp("avif", "avif", "mif1", "miaf")),
        new("heic", "image/heic", Ftyp("heic", "mif1", "heic")),
        new("heif", "image/heif", Ftyp("mif1", "mif1", "miaf")),
        new("bmp", "image/bmp", [.. "BM"u8, 58, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, .. new byte[40]]),
        new("tiff", "image/tiff", [.. "II*\0"u8, 8, 0, 0, 0, 0, 0]),
        new("ico", "image/vnd.microsoft.icon", [0, 0, 1, 0, 1, 0, 16, 16, 0, 0, 1, 0, 32, 0]),
    ];

    private static IEnumerable<Sample> AudioAndVideo() =>
    [
        new("mp4", "video/mp4", Ftyp("isom", "isom", "iso2", "avc1", "mp41")),
        new("m4a", "audio/mp4", Ftyp("M4A ", "M4A ", "mp42", "isom")),
        new("mov", "video/quicktime", Ftyp("qt  ", "qt  ")),
        new("3gp", "video/3gpp", Ftyp("3gp5", "3gp5", "isom")),
        new("webm", "video/webm", Ebml("webm")),
        new("mkv", "video/x-matroska", Ebml("matroska")),
        new("avi", "video/x-msvideo", [.. Riff("AVI "), .. "LIST"u8]),
        new("mp3", "audio/mpeg", Mp3Frames),
        new("mp3 with id3", "audio/mpeg", [.. "ID3"u8, 4, 0, 0, 0, 0, 0, 10, .. new byte[10], .. Mp3Frames]),
        new("wav", "audio/wav", [.. Riff("WAVE"), .. "fmt "u8]),
        new("ogg", "application/ogg", [.. "OggS\0"u8, 2, .. new byte[20]]),
        new("flac", "audio/flac", [.. "fLaC"u8, 0, 0, 0, 34, .. new byte[34]]),
        new("aiff", "audio/aiff", [.. "FORM"u8, 0, 0, 0, 4, .. "AIFF"u8]),
    ];

    private static IEnumerable<Sample> Documents() =>
    [
        new("pdf", "application/pdf", Pdf),
        new("rtf", "application/rtf", Bytes.Ascii(@"{\rtf1\ansi Hello}")),
        new("docx", OpenXml + "wordprocessingml.document", ZipSamples.Document("word/document.xml")),
        new("xlsx", OpenXml + "spreadsheetml.sheet", ZipSamples.Document("xl/workbook.xml")),
        new("pptx", OpenXml + "presentationml.presentation", ZipSamples.Document("ppt/presentation.xml")),
        new("docm", "application/vnd.ms-word.document.macroEnabled.12", ZipSamples.Document("word/document.xml", "word/vbaProject.bin")),
        new("xlsm", "application/vnd.ms-excel.sheet.macroEnabled.12", ZipSamples.Document("xl/workbook.xml", "xl/vbaProject.bin")),
        new("xlsb", "application/vnd.ms-excel.sheet.binary.macroEnabled.12", ZipSamples.Document("xl/workbook.bin")),
        new("pptm", "application/vnd.ms-powerpoint.presentation.macroEnabled.12",
            ZipSamples.Document("ppt/presentation.xml", "ppt/vbaProject.bin")),
        new("odt", OpenDocument + "text", ZipSamples.WithMimeType(OpenDocument + "text")),
        new("ods", OpenDocument + "spreadsheet", ZipSamples.WithMimeType(OpenDocument + "spreadsheet")),
        new("odp", OpenDocument + "presentation", ZipSamples.WithMimeType(OpenDocument + "presentation")),
        new("odg", OpenDocument + "graphics", ZipSamples.WithMimeType(OpenDocument + "graphics")),
        new("epub", "application/epub+zip", ZipSamples.WithMimeType("application/epub+zip")),
        new("doc", "application/msword", CompoundSamples.With("WordDocument")),
        new("xls", "application/vnd.ms-excel", CompoundSamples.With("Workbook")),
        new("ppt", "application/vnd.ms-powerpoint", CompoundSamples.With("PowerPoint Document")),
        new("ole", "application/x-ole-storage", CompoundSamples.With("Something")),
        new("encrypted office", "application/x-ole-storage", CompoundSamples.With("EncryptionInfo", "EncryptedPackage")),
    ];

    private static IEnumerable<Sample> Archives() =>
    [
        new("zip", "application/zip", ZipSamples.Of("readme.txt")),
        new("empty zip", "application/zip", ZipSamples.Of()),
        new("jar", "application/java-archive", ZipSamples.Of("META-INF/MANIFEST.MF", "Main.class")),
        new("apk", "application/vnd.android.package-archive", ZipSamples.Of("META-INF/MANIFEST.MF", "AndroidManifest.xml", "classes.dex")),
        new("gzip", "application/gzip", Bytes.Hex("1F8B 08 00 00000000 00 03 0300 00000000 00000000")),
        new("7z", "application/x-7z-compressed", [.. "7z"u8, 0xBC, 0xAF, 0x27, 0x1C, 0, 4]),
        new("rar", "application/vnd.rar", [.. "Rar!"u8, 0x1A, 7, 1, 0]),
    ];

    private static IEnumerable<Sample> Programs() =>
    [
        new("exe", "application/vnd.microsoft.portable-executable", WindowsProgram),
        new("elf", "application/x-elf", [0x7F, .. "ELF"u8, 2, 1, 1, 0, .. new byte[56]]),
        new("mach-o", "application/x-mach-binary", [0xCF, 0xFA, 0xED, 0xFE, 7, 0, 0, 1, .. new byte[24]]),
        new("wasm", "application/wasm", [.. "\0asm"u8, 1, 0, 0, 0]),
        new("lnk", "application/x-ms-shortcut", [0x4C, 0, 0, 0, 1, 0x14, 2, 0, .. new byte[68]]),
        new("msi", "application/x-msi", CompoundSamples.Installer()),
        new("shell", "application/x-sh", Bytes.Ascii("#!/bin/sh\nrm -rf /\n")),
        new("javascript", "text/javascript", Bytes.Ascii("\"use strict\";\nfetch('/');\n")),
        new("php", "application/x-httpd-php", Bytes.Ascii("<?php system($_GET['c']);")),
    ];

    private static IEnumerable<Sample> Markup() =>
    [
        new("html", "text/html", Bytes.Ascii("<!DOCTYPE html>\n<html><script>alert(1)</script></html>")),
        new("svg", "image/svg+xml", Bytes.Ascii("<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>")),
        new("xml", "application/xml", Bytes.Ascii("<?xml version=\"1.0\"?>\n<note/>")),
    ];
}
