namespace DirectUpload.LocalS3.Checksums;

/// <summary>Represents a stored additional checksum.</summary>
/// <param name="Algorithm">The name of the algorithm, such as <c>CRC64NVME</c>.</param>
/// <param name="Value">The checksum in base64; a composite one ends with <c>-</c> and the number of parts.</param>
/// <param name="Type"><see cref="FullObject"/> for the bytes; <see cref="Composite"/> for the checksums of the parts.</param>
internal sealed record StoredChecksum(string Algorithm, string Value, string Type = StoredChecksum.FullObject)
{
    public const string FullObject = "FULL_OBJECT";

    public const string Composite = "COMPOSITE";
}
