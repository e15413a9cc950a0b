using System.Buffers.Text;
using DirectUpload.Uploads;

namespace DirectUpload.Profiles;

/// <summary>What holds for every request, whatever its profile: nothing hostile or absurd goes further than here.</summary>
internal static class RequestShape
{
    private const int LongestName = 255;
    private const int MostMetadata = 32;

    public static UploadError? Check(UploadRequest request) =>
        CheckFileName(request.FileName)
        ?? (request.Size < 0 ? Invalid($"The size is {request.Size}; it is the file's length in bytes.") : null)
        ?? CheckPartSize(request.PartSize, request.Size)
        ?? CheckChecksum(request.ChecksumSha256)
        ?? CheckAssociation(request.Association)
        ?? CheckMetadata(request.Metadata);

    private static UploadError? CheckFileName(string name)
    {
        if (string.IsNullOrWhiteSpace(name))
            return Invalid("The file name is missing.");
        if (name.Length > LongestName)
            return Invalid($"The file name has {name.Length} characters; at most {LongestName} are taken.");
        if (name.AsSpan().IndexOfAny('/', '\\') >= 0 || name is "." or "..")
            return Invalid($"The file name {Quoted.Text(name)} holds a path; send the plain name.");
        if (HostileText.Find(name) is { } hostile)
            return Invalid($"The file name holds the character {hostile}, which names may not; rename the file.");
        return null;
    }

    private static UploadError? CheckPartSize(long? partSize, long? size)
    {
        if (partSize is not { } cut || cut == 0)
            return null;
        if (cut is < PartSizes.Smallest or > PartSizes.Largest)
            return Invalid($"The part size is {cut}; it is 5 MiB to 5 GiB, in bytes.");
        return size > cut * SizeLimits.Parts ? Invalid($"A file of {size} bytes has more than 10,000 parts of {cut} bytes; cut larger ones.") : null;
    }

    public static UploadError? CheckChecksum(string? checksum) =>
        checksum is not null && !(checksum.Length == 44 && Base64.IsValid(checksum, out var bytes) && bytes == 32)
            ? Invalid("checksumSha256 is not the base64 of a SHA-256: 44 characters that stand for 32 bytes.")
            : null;

    public static UploadError? CheckAssociation(UploadAssociation? association)
    {
        if (association is null)
            return null;
        if (association.Type is not { Length: > 0 and <= 100 } || HostileText.Find(association.Type) is not null)
            return Invalid("association.type must have 1 to 100 printable characters.");
        if (association.Id is not { Length: > 0 and <= 200 } || HostileText.Find(association.Id) is not null)
            return Invalid("association.id must have 1 to 200 printable characters.");
        return null;
    }

    private static UploadError? CheckMetadata(IReadOnlyDictionary<string, string>? metadata)
    {
        if (metadata is null)
            return null;
        if (metadata.Count > MostMetadata)
            return Invalid($"There are {metadata.Count} metadata entries; at most {MostMetadata} are taken.");
        foreach (var (name, value) in metadata)
        {
            if (name is not { Length: > 0 and <= 100 } || HostileText.Find(name) is not null)
                return Invalid("A metadata name must have 1 to 100 printable characters.");
            if (value is not { Length: <= 1000 } || value.AsSpan().IndexOfAny('\0', '\uFFFE', '\uFFFF') >= 0 || Utf16.HoldsHalfASurrogatePair(value))
                return Invalid($"The metadata value of {Quoted.Text(name)} must be a text of at most 1,000 characters, without NUL, U+FFFE, U+FFFF or half a surrogate pair.");
        }

        return null;
    }

    private static UploadError Invalid(string detail) => new(UploadErrorReason.InvalidRequest, detail);
}
