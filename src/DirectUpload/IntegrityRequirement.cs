namespace DirectUpload;

/// <summary>Specifies how the library verifies that storage has exactly the bytes that the client read from its file.</summary>
/// <remarks>
/// The client states a checksum of the whole file: the CRC-64/NVME in the confirm or in the request, or the SHA-256 in the request. The
/// library always compares a SHA-256, and a CRC-64/NVME whenever storage reports one.
/// </remarks>
public enum IntegrityRequirement
{
    /// <summary>Specifies that clients may omit the checksum.</summary>
    None,

    /// <summary>Specifies that clients must state a checksum, and that storage must report one that it can be compared with.</summary>
    /// <remarks>Amazon S3 reports one for every object. An upload to storage that reports none is rejected.</remarks>
    StorageChecksum,

    /// <summary>Specifies that clients must state a checksum, and that the library reads the object if storage reports none.</summary>
    ReadObject,
}
