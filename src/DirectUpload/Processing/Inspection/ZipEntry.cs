namespace DirectUpload.Processing.Inspection;

/// <summary>The fields of an entry in an archive's central directory.</summary>
internal readonly ref struct ZipEntry
{
    public ReadOnlySpan<byte> Name { get; init; }

    /// <summary>The compression method: 0 for none, 8 for deflate.</summary>
    public ushort Method { get; init; }

    public uint CompressedSize { get; init; }

    /// <summary>The offset of the entry's local header.</summary>
    public uint LocalOffset { get; init; }
}
