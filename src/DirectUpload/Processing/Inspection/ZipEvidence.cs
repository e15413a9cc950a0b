using System.Text;

namespace DirectUpload.Processing.Inspection;

/// <summary>
/// Derives an archive's format from its entries. Part names are compared without case (ECMA-376-2 §6.2.2.3).
/// </summary>
internal struct ZipEvidence
{
    private bool _contentTypes;
    private bool _word;
    private bool _excel;
    private bool _excelBinary;
    private bool _powerPoint;
    private bool _macros;
    private bool _manifest;
    private bool _classes;
    private bool _android;
    private bool _extension;
    private int _mimeTypes;
    private (ushort Method, uint CompressedSize, uint LocalOffset) _mimeType;

    public void Add(ZipEntry entry)
    {
        var name = entry.Name;
        _contentTypes |= Ascii.EqualsIgnoreCase(name, "[Content_Types].xml"u8);
        _word |= StartsWith(name, "word/"u8);
        _excel |= StartsWith(name, "xl/"u8);
        _excelBinary |= Ascii.EqualsIgnoreCase(name, "xl/workbook.bin"u8);
        _powerPoint |= StartsWith(name, "ppt/"u8);
        // Visual Basic, and Excel 4.0 macro sheets, which Excel still runs.
        _macros |= EndsWith(name, "vbaProject.bin"u8) || StartsWith(name, "xl/macrosheets/"u8);
        _manifest |= Ascii.EqualsIgnoreCase(name, "META-INF/MANIFEST.MF"u8);
        _classes |= EndsWith(name, ".class"u8);
        _android |= name.SequenceEqual("AndroidManifest.xml"u8);
        // Mozilla signs its extensions; older ones have an install manifest instead.
        _extension |= Ascii.EqualsIgnoreCase(name, "META-INF/mozilla.rsa"u8) || name.SequenceEqual("install.rdf"u8);
        if (ZipMimeType.IsName(name))
        {
            _mimeTypes++;
            _mimeType = (entry.Method, entry.CompressedSize, entry.LocalOffset);
        }
    }

    public readonly FileFormat GetFormat(ref ContentSample content)
    {
        // A document that can also be started or installed is a program.
        if (_android || _extension || (_manifest && _classes))
            return GetPackage();
        var office = GetOfficeFormat();
        var named = _mimeTypes == 1
            ? ZipMimeType.Detect(ref content, _mimeType.Method, _mimeType.CompressedSize, _mimeType.LocalOffset)
            : null;
        // An archive that is two kinds of document is neither. Macros that Office would run decide before another type's name.
        if (named is not null && office is not null)
            return office.IsExecutable ? office : FileFormats.Zip;
        return named ?? office ?? GetPackage();
    }

    private readonly FileFormat? GetOfficeFormat() => (_contentTypes, _word, _excel, _powerPoint) switch
    {
        (true, true, false, false) => _macros ? FileFormats.Docm : FileFormats.Docx,
        (true, false, true, false) => _excelBinary ? FileFormats.Xlsb : _macros ? FileFormats.Xlsm : FileFormats.Xlsx,
        (true, false, false, true) => _macros ? FileFormats.Pptm : FileFormats.Pptx,
        // An archive with the folders of two kinds of document is not a document: embedded documents are below the folder of their owner.
        _ => null,
    };

    private readonly FileFormat GetPackage() =>
        _android ? FileFormats.Apk : _extension ? FileFormats.Extension : _manifest ? FileFormats.Jar : FileFormats.Zip;

    private static bool StartsWith(ReadOnlySpan<byte> name, ReadOnlySpan<byte> start) =>
        name.Length >= start.Length && Ascii.EqualsIgnoreCase(name[..start.Length], start);

    private static bool EndsWith(ReadOnlySpan<byte> name, ReadOnlySpan<byte> end) =>
        name.Length >= end.Length && Ascii.EqualsIgnoreCase(name[^end.Length..], end);
}
