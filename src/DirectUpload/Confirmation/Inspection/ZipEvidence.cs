using System.Text;

namespace DirectUpload.Confirmation;

/// <summary>What the names of an archive's entries say that it is. Part names are compared without case (ECMA-376-2 §6.2.2.3).</summary>
internal struct ZipEvidence
{
    private bool _contentTypes;
    private bool _word;
    private bool _excel;
    private bool _excelBinary;
    private bool _powerPoint;
    private bool _macros;
    private bool _manifest;
    private bool _android;

    public void Add(ReadOnlySpan<byte> name)
    {
        _contentTypes |= Ascii.EqualsIgnoreCase(name, "[Content_Types].xml"u8);
        _word |= StartsWith(name, "word/"u8);
        _excel |= StartsWith(name, "xl/"u8);
        _excelBinary |= Ascii.EqualsIgnoreCase(name, "xl/workbook.bin"u8);
        _powerPoint |= StartsWith(name, "ppt/"u8);
        // Visual Basic, and the Excel 4.0 sheets that ran macros before it and still do.
        _macros |= EndsWith(name, "vbaProject.bin"u8) || StartsWith(name, "xl/macrosheets/"u8);
        _manifest |= Ascii.EqualsIgnoreCase(name, "META-INF/MANIFEST.MF"u8);
        _android |= name.SequenceEqual("AndroidManifest.xml"u8);
    }

    public readonly FileFormat Verdict() => (_contentTypes, _word, _excel, _powerPoint) switch
    {
        (true, true, false, false) => _macros ? FileFormats.Docm : FileFormats.Docx,
        (true, false, true, false) => _excelBinary ? FileFormats.Xlsb : _macros ? FileFormats.Xlsm : FileFormats.Xlsx,
        (true, false, false, true) => _macros ? FileFormats.Pptm : FileFormats.Pptx,
        // Two kinds of document in one archive is no document: embedded ones lie below their owner's folder.
        _ => _android ? FileFormats.Apk : _manifest ? FileFormats.Jar : FileFormats.Zip,
    };

    private static bool StartsWith(ReadOnlySpan<byte> name, ReadOnlySpan<byte> start) =>
        name.Length >= start.Length && Ascii.EqualsIgnoreCase(name[..start.Length], start);

    private static bool EndsWith(ReadOnlySpan<byte> name, ReadOnlySpan<byte> end) =>
        name.Length >= end.Length && Ascii.EqualsIgnoreCase(name[^end.Length..], end);
}
