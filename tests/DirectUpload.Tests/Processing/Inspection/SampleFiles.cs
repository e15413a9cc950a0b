namespace DirectUpload.Tests.Processing.Inspection;

/// <summary>One file of every kind that the inspector knows, made here.</summary>
internal static class SampleFiles
{
    public const string OpenXml = "application/vnd.openxmlformats-officedocument.";
    public const string OpenDocument = "application/vnd.oasis.opendocument.";

    public static readonly IReadOnlyList<SampleFile> All =
    [
        .. CreateImages(), .. CreateAudioAndVideo(), .. CreateDocuments(), .. CreateArchives(), .. CreatePrograms(), .. CreateMarkup(),
    ];

    public static SampleFile Get(string name) => All.Single(sample => sample.Name == name);

    /// <summary>One-pixel PNG, complete with its checksums.</summary>
    public static byte[] Png => Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    public static byte[] Gif => Convert.FromBase64String("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

    public static byte[] Jpeg =>
        TestBytes.Hex("FFD8 FFE0 0010 4A46 4946 00 0101 00 0001 0001 00 00 FFDB 0043 00" + new string('1', 128) + "FFD9");

    public static byte[] Pdf => TestBytes.Ascii("%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");

    public static byte[] WindowsProgram =>
        [.. "MZ"u8, 0x90, 0, 3, 0, 0, 0, 4, 0, 0, 0, 0xFF, 0xFF, .. new byte[46], 0x40, 0, 0, 0, .. "PE\0\0"u8, 0x64, 0x86];

    public static byte[] CreateFtyp(string major, params string[] compatible) =>
    [
        .. TestBytes.BigEndian(16 + (4 * compatible.Length)), .. TestBytes.Ascii("ftyp" + major), 0, 0, 0, 0,
        .. TestBytes.Ascii(string.Concat(compatible)), .. TestBytes.BigEndian(8), .. "mdat"u8,
    ];

    /// <summary>An EBML header whose DocType comes after other elements, as writers have it.</summary>
    public static byte[] CreateEbml(string docType)
    {
        byte[] name = [0x42, 0x82, (byte)(0x80 | docType.Length), .. TestBytes.Ascii(docType)];
        byte[] elements =
        [
            .. TestBytes.Hex("4286 81 01 42F7 81 01 42F2 81 04 42F3 81 08"), .. name, .. TestBytes.Hex("4287 81 04 4285 81 02"),
        ];
        return [0x1A, 0x45, 0xDF, 0xA3, (byte)(0x80 | elements.Length), .. elements, .. TestBytes.Hex("18538067 01FFFFFFFFFFFFFF")];
    }

    /// <summary>Two frames of MPEG-1 layer III, 128 kbit/s, 44.1 kHz: 417 bytes each.</summary>
    public static byte[] Mp3Frames => [0xFF, 0xFB, 0x90, 0x00, .. new byte[413], 0xFF, 0xFB, 0x90, 0x00, .. new byte[413]];

    public static byte[] CreateRiff(string form) => [.. "RIFF"u8, 4, 0, 0, 0, .. TestBytes.Ascii(form)];

    private static IEnumerable<SampleFile> CreateImages() =>
    [
        new("jpeg", "image/jpeg", Jpeg),
        new("png", "image/png", Png),
        new("gif", "image/gif", Gif),
        new("webp", "image/webp", [.. CreateRiff("WEBP"), .. "VP8L"u8, 0, 0, 0, 0]),
        new("avif", "image/avif", CreateFtyp("avif", "avif", "mif1", "miaf")),
        new("heic", "image/heic", CreateFtyp("heic", "mif1", "heic")),
        new("heif", "image/heif", CreateFtyp("mif1", "mif1", "miaf")),
        new("bmp", "image/bmp", [.. "BM"u8, 58, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, .. new byte[40]]),
        new("tiff", "image/tiff", [.. "II*\0"u8, 8, 0, 0, 0, 0, 0]),
        new("ico", "image/vnd.microsoft.icon", [0, 0, 1, 0, 1, 0, 16, 16, 0, 0, 1, 0, 32, 0]),
    ];

    private static IEnumerable<SampleFile> CreateAudioAndVideo() =>
    [
        new("mp4", "video/mp4", CreateFtyp("isom", "isom", "iso2", "avc1", "mp41")),
        new("m4a", "audio/mp4", CreateFtyp("M4A ", "M4A ", "mp42", "isom")),
        new("mov", "video/quicktime", CreateFtyp("qt  ", "qt  ")),
        new("3gp", "video/3gpp", CreateFtyp("3gp5", "3gp5", "isom")),
        new("webm", "video/webm", CreateEbml("webm")),
        new("mkv", "video/x-matroska", CreateEbml("matroska")),
        new("avi", "video/x-msvideo", [.. CreateRiff("AVI "), .. "LIST"u8]),
        new("mp3", "audio/mpeg", Mp3Frames),
        new("mp3 with id3", "audio/mpeg", [.. "ID3"u8, 4, 0, 0, 0, 0, 0, 10, .. new byte[10], .. Mp3Frames]),
        new("wav", "audio/wav", [.. CreateRiff("WAVE"), .. "fmt "u8]),
        new("ogg", "application/ogg", [.. "OggS\0"u8, 2, .. new byte[20]]),
        new("flac", "audio/flac", [.. "fLaC"u8, 0, 0, 0, 34, .. new byte[34]]),
        new("aiff", "audio/aiff", [.. "FORM"u8, 0, 0, 0, 4, .. "AIFF"u8]),
    ];

    private static IEnumerable<SampleFile> CreateDocuments() =>
    [
        new("pdf", "application/pdf", Pdf),
        new("rtf", "application/rtf", TestBytes.Ascii(@"{\rtf1\ansi Hello}")),
        new("docx", OpenXml + "wordprocessingml.document", ZipFileSamples.CreateDocument("word/document.xml")),
        new("xlsx", OpenXml + "spreadsheetml.sheet", ZipFileSamples.CreateDocument("xl/workbook.xml")),
        new("pptx", OpenXml + "presentationml.presentation", ZipFileSamples.CreateDocument("ppt/presentation.xml")),
        new("docm", "application/vnd.ms-word.document.macroEnabled.12", ZipFileSamples.CreateDocument(
            "word/document.xml", "word/vbaProject.bin")),
        new("xlsm", "application/vnd.ms-excel.sheet.macroEnabled.12", ZipFileSamples.CreateDocument(
            "xl/workbook.xml", "xl/vbaProject.bin")),
        new("xlsb", "application/vnd.ms-excel.sheet.binary.macroEnabled.12", ZipFileSamples.CreateDocument("xl/workbook.bin")),
        new("pptm", "application/vnd.ms-powerpoint.presentation.macroEnabled.12",
            ZipFileSamples.CreateDocument("ppt/presentation.xml", "ppt/vbaProject.bin")),
        new("odt", OpenDocument + "text", ZipFileSamples.CreateWithMimeType(OpenDocument + "text")),
        new("ods", OpenDocument + "spreadsheet", ZipFileSamples.CreateWithMimeType(OpenDocument + "spreadsheet")),
        new("odp", OpenDocument + "presentation", ZipFileSamples.CreateWithMimeType(OpenDocument + "presentation")),
        new("odg", OpenDocument + "graphics", ZipFileSamples.CreateWithMimeType(OpenDocument + "graphics")),
        new("epub", "application/epub+zip", ZipFileSamples.CreateWithMimeType("application/epub+zip")),
        new("doc", "application/msword", CompoundFileSamples.Create("WordDocument")),
        new("xls", "application/vnd.ms-excel", CompoundFileSamples.Create("Workbook")),
        new("ppt", "application/vnd.ms-powerpoint", CompoundFileSamples.Create("PowerPoint Document")),
        new("ole", "application/x-ole-storage", CompoundFileSamples.Create("Something")),
        new("encrypted office", "application/x-ole-storage", CompoundFileSamples.Create("EncryptionInfo", "EncryptedPackage")),
    ];

    private static IEnumerable<SampleFile> CreateArchives() =>
    [
        new("zip", "application/zip", ZipFileSamples.Create("readme.txt")),
        new("empty zip", "application/zip", ZipFileSamples.Create()),
        new("jar", "application/java-archive", ZipFileSamples.Create("META-INF/MANIFEST.MF", "Main.class")),
        new("apk", "application/vnd.android.package-archive", ZipFileSamples.Create(
            "META-INF/MANIFEST.MF", "AndroidManifest.xml", "classes.dex")),
        new("gzip", "application/gzip", TestBytes.Hex("1F8B 08 00 00000000 00 03 0300 00000000 00000000")),
        new("7z", "application/x-7z-compressed", [.. "7z"u8, 0xBC, 0xAF, 0x27, 0x1C, 0, 4]),
        new("rar", "application/vnd.rar", [.. "Rar!"u8, 0x1A, 7, 1, 0]),
    ];

    private static IEnumerable<SampleFile> CreatePrograms() =>
    [
        new("exe", "application/vnd.microsoft.portable-executable", WindowsProgram),
        new("elf", "application/x-elf", [0x7F, .. "ELF"u8, 2, 1, 1, 0, .. new byte[56]]),
        new("mach-o", "application/x-mach-binary", [0xCF, 0xFA, 0xED, 0xFE, 7, 0, 0, 1, .. new byte[24]]),
        new("wasm", "application/wasm", [.. "\0asm"u8, 1, 0, 0, 0]),
        new("lnk", "application/x-ms-shortcut", [0x4C, 0, 0, 0, 1, 0x14, 2, 0, .. new byte[68]]),
        new("msi", "application/x-msi", CompoundFileSamples.CreateInstaller()),
        new("shell", "application/x-sh", TestBytes.Ascii("#!/bin/sh\nrm -rf /\n")),
        new("javascript", "text/javascript", TestBytes.Ascii("\"use strict\";\nfetch('/');\n")),
        new("php", "application/x-httpd-php", TestBytes.Ascii("<?php system($_GET['c']);")),
    ];

    private static IEnumerable<SampleFile> CreateMarkup() =>
    [
        new("html", "text/html", TestBytes.Ascii("<!DOCTYPE html>\n<html><script>alert(1)</script></html>")),
        new("svg", "image/svg+xml", TestBytes.Ascii("<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>")),
        new("xml", "application/xml", TestBytes.Ascii("<?xml version=\"1.0\"?>\n<note/>")),
    ];
}
