using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DirectUpload.AspNetCore.Contract;

/// <summary>The request body of <c>POST /uploads/{id}/parts</c>, which lists the part numbers or a range of them.</summary>
[Description("The parts to sign: a list of numbers, or a range.")]
internal sealed class PartsRequestBody
{
    [Description("The part numbers, at most 10,000; without from and to.")]
    public int[]? PartNumbers { get; init; }

    [Description("The first part number of a range.")]
    public int? From { get; init; }

    [Description("The last part number of a range.")]
    public int? To { get; init; }

    /// <summary>Gets the base64 SHA-256 of each part by its number, for an upload that was requested with <c>partChecksums</c>.</summary>
    [Description("The SHA-256 of each part as base64, by part number.")]
    public Dictionary<int, string>? ChecksumsSha256 { get; init; }
}

/// <summary>The response with the signed parts.</summary>
[Description("Signed parts.")]
internal sealed record SignedPartsBody(
    [property: Description("The parts.")]
    IReadOnlyList<SignedPartBody> Parts,
    [property: Description("The time at which the first of the URLs expires, in UTC.")]
    DateTime ExpiresAt)
{
    public static SignedPartsBody From(IReadOnlyList<SignedPart> signed) =>
        new(FromParts(signed), signed.Min(part => part.ExpiresAt).UtcDateTime);

    public static IReadOnlyList<SignedPartBody> FromParts(IReadOnlyList<SignedPart> parts) =>
        [.. parts.Select(part => new SignedPartBody(part.Number, part.Size, part.Url, part.Headers))];
}

/// <summary>A signed part.</summary>
[Description("A signed part, which the client sends by PUT.")]
internal sealed record SignedPartBody(
    [property: Description("The part number, from 1.")]
    int PartNumber,
    [property: Description("The exact size of the part, in bytes; absent if it is not signed.")]
    long? Size,
    [property: Description("The signed URL.")]
    string Url,
    [property: Description("The headers that the client must send.")]
    IReadOnlyDictionary<string, string> Headers)
{
    public override string ToString() => $"(presigned part {PartNumber})";
}

/// <summary>The response with the parts that storage has.</summary>
[Description("The parts that storage has.")]
internal sealed record StoredPartsBody(
    [property: Description("The parts.")]
    IReadOnlyList<StoredPartBody> Parts);

/// <summary>A part that storage has.</summary>
[Description("A part that storage has.")]
internal sealed record StoredPartBody(
    [property: Description("The part number, from 1.")]
    int PartNumber,
    [property: Description("The size of the part, in bytes.")]
    long Size,
    [property: Description("The ETag that storage returned for the part.")]
    string Etag);

/// <summary>The request body of <c>POST /uploads/{id}/confirm</c>, which may be omitted.</summary>
[Description("The parts of a multipart upload, and the checksums of the file; an upload with neither needs no body.")]
internal sealed class ConfirmBody
{
    [Description("The parts that the client has sent.")]
    public SentPartBody[]? Parts { get; init; }

    [Description("The checksums of the file; required if the grant has `requiresChecksum`.")]
    public ChecksumsBody? Checksums { get; init; }
}

/// <summary>A part that the client has sent.</summary>
[Description("A part that the client has sent.")]
internal sealed class SentPartBody
{
    [Description("The part number, from 1.")]
    public int PartNumber { get; init; }

    [Description("The ETag that storage returned for the part.")]
    [Required]
    public string? Etag { get; init; }
}

/// <summary>The response of a renewal.</summary>
[Description("New signed instructions for an upload.")]
internal sealed record RenewedBody(
    [property: Description("The signed instructions.")]
    InstructionsBody Upload,
    [property: Description("The time at which they expire, in UTC.")]
    DateTime ExpiresAt);
