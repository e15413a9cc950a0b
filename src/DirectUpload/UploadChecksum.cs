namespace DirectUpload;

/// <summary>Represents the checksum of an object that storage reported.</summary>
/// <remarks>
/// Amazon S3 stores a CRC-64/NVME of the whole object if the client sends no other checksum, also for objects that are sent in parts.
/// </remarks>
/// <param name="Algorithm">The algorithm by its name in S3, such as <c>CRC64NVME</c> or <c>SHA256</c>.</param>
/// <param name="Value">The checksum as base64; a composite one ends with a hyphen and the number of parts.</param>
/// <param name="Type">
/// <c>FULL_OBJECT</c> for the checksum of the bytes, or <c>COMPOSITE</c> for the checksum of the checksums of the parts.
/// </param>
public sealed record UploadChecksum(string Algorithm, string Value, string Type)
{
    internal const string Crc64Nvme = "CRC64NVME";
    internal const string Sha256 = "SHA256";
    internal const string FullObject = "FULL_OBJECT";
    internal const string Composite = "COMPOSITE";

    /// <summary>Gets the value if it is the checksum of the bytes by an algorithm; null otherwise.</summary>
    internal string? Find(string algorithm) => Type == FullObject && Algorithm == algorithm ? Value : null;
}
