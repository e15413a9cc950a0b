using DirectUpload.Primitives;

namespace DirectUpload.Profiles;

/// <summary>Checks the rules that apply to every request, independent of the profile.</summary>
internal static class RequestValidator
{
    private const int MaxFileNameLength = 255;
    private const int MaxMetadataEntries = 32;

    public static UploadError? Validate(UploadRequest request) =>
        ValidateFileName(request.FileName)
        ?? (request.Size < 0 ? Invalid($"The size is {request.Size}; send the file's length, in bytes.") : null)
        ?? ValidatePartSize(request.PartSize, request.Size)
        ?? ValidateChecksum(request.ChecksumSha256)
        ?? ValidateCrc64Nvme(request.ChecksumCrc64Nvme)
        ?? ValidateAssociation(request.Association)
        ?? ValidateMetadata(request.Metadata);

    private static UploadError? ValidateFileName(string name)
    {
        if (string.IsNullOrWhiteSpace(name))
            return Invalid("The file name is missing.");
        if (name.Length > MaxFileNameLength)
            return Invalid($"The file name has {name.Length} characters; at most {MaxFileNameLength} are allowed.");
        if (name.AsSpan().IndexOfAny('/', '\\') >= 0 || name is "." or "..")
            return Invalid($"The file name {DisplayText.Quote(name)} holds a path; send the plain name.");
        if (UnsafeCharacters.Find(name) is { } invalid)
            return Invalid($"The file name holds the character {invalid}, which is not allowed in names; rename the file.");
        return null;
    }

    private static UploadError? ValidatePartSize(long? partSize, long? size)
    {
        if (partSize is not { } bytes || bytes == 0)
            return null;
        if (bytes is < PartLayout.MinPartSize or > PartLayout.MaxPartSize)
            return Invalid($"The part size is {bytes}; set it between 5 MiB and 5 GiB, in bytes.");
        return size > bytes * S3Limits.MaxParts ? Invalid($"A file of {size} bytes has more than 10,000 parts of {bytes} bytes; use "
            + "larger parts.") : null;
    }

    public static UploadError? ValidateChecksum(string? checksum) =>
        checksum is not null && !Sha256Text.IsValid(checksum)
            ? Invalid("checksumSha256 is not the base64 of a SHA-256: 44 characters that encode 32 bytes.")
            : null;

    public static UploadError? ValidateCrc64Nvme(string? checksum) =>
        checksum is not null && !Crc64NvmeText.IsValid(checksum)
            ? Invalid("checksums.crc64nvme is not the base64 of a CRC-64/NVME: 12 characters that encode 8 bytes, the highest byte first.")
            : null;

    public static UploadError? ValidateAssociation(UploadAssociation? association)
    {
        if (association is null)
            return null;
        if (association.Type is not { Length: > 0 and <= 100 } || UnsafeCharacters.Find(association.Type) is not null)
            return Invalid("association.type must have 1 to 100 printable characters.");
        if (association.Id is not { Length: > 0 and <= 200 } || UnsafeCharacters.Find(association.Id) is not null)
            return Invalid("association.id must have 1 to 200 printable characters.");
        if (association.Kind is { } kind && (kind is not { Length: > 0 and <= 100 } || UnsafeCharacters.Find(kind) is not null))
            return Invalid("association.kind must have 1 to 100 printable characters, or be omitted.");
        return null;
    }

    private static UploadError? ValidateMetadata(IReadOnlyDictionary<string, string>? metadata)
    {
        if (metadata is null)
            return null;
        if (metadata.Count > MaxMetadataEntries)
            return Invalid($"There are {metadata.Count} metadata entries; at most {MaxMetadataEntries} are allowed.");
        foreach (var (name, value) in metadata)
        {
            if (name is not { Length: > 0 and <= 100 } || UnsafeCharacters.Find(name) is not null)
                return Invalid("A metadata name must have 1 to 100 printable characters.");
            if (value is not { Length: <= 1000 } || value.AsSpan().IndexOfAny('\0', '\uFFFE', '\uFFFF') >= 0
                || UnicodeText.HasUnpairedSurrogate(value))
            {
                return Invalid(
                    $"The metadata value of {DisplayText.Quote(name)} must be a text of at most 1,000 characters, "
                    + "without NUL, U+FFFE, U+FFFF or unpaired surrogates.");
            }
        }

        return null;
    }

    private static UploadError Invalid(string detail) => new(UploadErrorCodes.InvalidRequest, detail);
}
