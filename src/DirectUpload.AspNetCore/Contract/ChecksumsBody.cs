using System.ComponentModel;

namespace DirectUpload.AspNetCore.Contract;

/// <summary>The checksums that the client states in the request or the confirm, to be compared with what storage reports.</summary>
[Description("Checksums of the whole file, which are compared with those that storage reports.")]
internal sealed class ChecksumsBody
{
    [Description("The CRC-64/NVME as base64 of 8 bytes, the highest byte first, as in `x-amz-checksum-crc64nvme`.")]
    public string? Crc64nvme { get; init; }
}
