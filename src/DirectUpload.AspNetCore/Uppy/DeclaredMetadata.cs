namespace DirectUpload.AspNetCore.Uppy;

/// <summary>The properties of an upload request that Uppy has no field for; the page declares them in the file's metadata.</summary>
/// <param name="Association">The declared association; the same rules apply to it as to that of <c>POST /uploads</c>.</param>
/// <param name="ChecksumSha256">The declared SHA-256 of the file, as base64.</param>
/// <param name="ChecksumCrc64Nvme">The stated CRC-64/NVME of the file, as base64.</param>
/// <param name="Remaining">The metadata for the record, without the properties.</param>
internal sealed record DeclaredMetadata(
    UploadAssociation? Association, string? ChecksumSha256, string? ChecksumCrc64Nvme, IReadOnlyDictionary<string, string> Remaining)
{
    private const string TypeName = "associationType";
    private const string IdName = "associationId";
    private const string KindName = "associationKind";
    private const string Sha256Name = "checksumSha256";
    private const string Crc64NvmeName = "checksumCrc64nvme";

    /// <summary>Reads the properties. A part of an association is kept, so that its validation names the missing part.</summary>
    public static DeclaredMetadata Read(IReadOnlyDictionary<string, string> metadata)
    {
        var (type, id, kind) = (
            metadata.GetValueOrDefault(TypeName), metadata.GetValueOrDefault(IdName), metadata.GetValueOrDefault(KindName));
        return new(
            type is null && id is null && kind is null ? null : new(type ?? string.Empty, id ?? string.Empty, kind),
            metadata.GetValueOrDefault(Sha256Name),
            metadata.GetValueOrDefault(Crc64NvmeName),
            metadata.Where(entry => entry.Key is not (TypeName or IdName or KindName or Sha256Name or Crc64NvmeName)).ToDictionary());
    }
}
