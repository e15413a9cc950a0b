using DirectUpload.Primitives;
using DirectUpload.Stores;

namespace DirectUpload.Confirmation;

/// <summary>Compares the checksums that the client stated with the checksum that storage reported for the object.</summary>
/// <param name="Sha256">The SHA-256 that the client declared in its request; null for none.</param>
/// <param name="Crc64Nvme">The CRC-64/NVME that the client stated in its request or its confirm; null for none.</param>
/// <param name="Requirement">What the profile requires.</param>
internal readonly record struct IntegrityCheck(string? Sha256, string? Crc64Nvme, IntegrityRequirement Requirement)
{
    /// <summary>The error for a confirm without a checksum; the client can confirm again.</summary>
    public static readonly UploadError ChecksumMissing = new(
        UploadErrorCodes.ChecksumMissing,
        "The profile requires a checksum of the file. Confirm again with {\"checksums\":{\"crc64nvme\":\"…\"}}: the CRC-64/NVME as base64 "
        + "of 8 bytes.");

    /// <summary>The error for a confirm that contradicts the request or an earlier confirm.</summary>
    public static readonly UploadError OtherChecksum = new(
        UploadErrorCodes.Conflict,
        "The client stated another CRC-64/NVME before. If the file has changed, request a new upload.");

    private static readonly UploadError NotReported = new(
        UploadErrorCodes.ChecksumNotReported,
        "Storage reports no checksum of the whole file, so the stated one cannot be verified. The application's developer can set "
        + "RequireIntegrity to ReadObject.");

    /// <summary>Gets whether the profile requires a checksum that the client has not stated.</summary>
    public bool LacksChecksum => Requirement != IntegrityRequirement.None && Sha256 is null && Crc64Nvme is null;

    /// <summary>Creates the check of an upload; a profile of another host, null here, requires nothing.</summary>
    public static IntegrityCheck For(UploadRecord record, UploadProfile? profile) =>
        new(record.ChecksumSha256, record.ChecksumCrc64Nvme, profile?.RequireIntegrity ?? IntegrityRequirement.None);

    /// <summary>Finds a stated checksum that differs from the reported one.</summary>
    /// <returns>Why the object is rejected; null when all that can be compared is equal.</returns>
    public UploadError? FindMismatch(UploadChecksum? reported)
    {
        if (Crc64Nvme is { } stated && reported?.Find(UploadChecksum.Crc64Nvme) is { } stored && stated != stored)
            return CreateMismatch(stated, stored);
        return Sha256 is { } declared && reported?.Find(UploadChecksum.Sha256) is { } verified && declared != verified
            ? ObjectVerification.ChecksumMismatch
            : null;
    }

    /// <summary>Compares the final object, before it is accepted.</summary>
    /// <param name="reported">The checksum that storage reported for the object; null for none.</param>
    /// <param name="mustRead">Whether the bytes have to be read and compared by <see cref="FindMismatch(ContentChecksums)"/>.</param>
    /// <returns>Why the object is rejected; null when nothing differs.</returns>
    public UploadError? FindError(UploadChecksum? reported, out bool mustRead)
    {
        mustRead = false;
        if (LacksChecksum)
            return ChecksumMissing;
        if (FindMismatch(reported) is { } mismatch)
            return mismatch;
        if (Sha256 is not null)
        {
            // A declared SHA-256 is always verified, whatever the profile requires.
            mustRead = reported?.Find(UploadChecksum.Sha256) is null;
            return null;
        }

        if (Crc64Nvme is null || reported?.Find(UploadChecksum.Crc64Nvme) is not null)
            return null;
        mustRead = Requirement == IntegrityRequirement.ReadObject;
        return Requirement == IntegrityRequirement.StorageChecksum ? NotReported : null;
    }

    /// <summary>Compares the checksums of the bytes that were read.</summary>
    /// <returns>Why the object is rejected; null when nothing differs.</returns>
    public UploadError? FindMismatch(ContentChecksums read)
    {
        if (Crc64Nvme is { } stated && read.Crc64Nvme is { } stored && stated != stored)
            return CreateMismatch(stated, stored);
        return Sha256 is { } declared && declared != read.Sha256 ? ObjectVerification.ChecksumMismatch : null;
    }

    private static UploadError CreateMismatch(string stated, string stored) => new(
        UploadErrorCodes.ChecksumMismatch,
        $"The stored file has the CRC-64/NVME {stored}, but the client stated {stated}: bytes were changed on the way. "
        + "Request a new upload, and send the file again.");
}
