namespace DirectUpload.LocalS3.Checksums;

/// <summary>An additional checksum as it is kept.</summary>
/// <param name="Algorithm">Its name, such as <c>CRC64NVME</c>.</param>
/// <param name="Value">Base64; of a composite one with <c>-</c> and the number of parts.</param>
/// <param name="Type"><see cref="FullObject"/>: of the bytes. <see cref="Composite"/>: of the parts' checksums.</param>
internal sealed record StoredChecksum(string Algorithm, string Value, string Type = StoredChecksum.FullObject)
{
    public const string FullObject = "FULL_OBJECT";

    public const string Composite = "COMPOSITE";
}
