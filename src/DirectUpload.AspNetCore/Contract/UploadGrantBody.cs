using System.ComponentModel;
using DirectUpload.Primitives;

namespace DirectUpload.AspNetCore.Contract;

/// <summary>The response of a granted request.</summary>
[Description("A granted upload, with its tokens and the signed instructions.")]
internal sealed record UploadGrantBody(
    [property: Description("The upload's id.")]
    string Id,
    [property: Description("The status.")]
    [property: ContractValues(ContractValues.Statuses)]
    string Status,
    [property: Description("The token that confirms, renews and deletes the upload; only its client may have it.")]
    string WriteToken,
    [property: Description("The token that reads the status and the content.")]
    string ReadToken,
    [property: Description("The time at which the signed instructions expire, in UTC.")]
    DateTime ExpiresAt,
    [property: Description("The signed instructions.")]
    InstructionsBody Upload)
{
    public static UploadGrantBody From(UploadGrant grant) => new(
        grant.Upload.Id.ToString(),
        grant.Upload.Status.ToJson(),
        grant.WriteToken.Value,
        grant.ReadToken.Value,
        grant.Instructions.ExpiresAt.UtcDateTime,
        InstructionsBody.From(grant.Instructions));

    public override string ToString() => $"(grant of upload {Id})";
}

/// <summary>The signed instructions: headers of a PUT, fields of a POST, or the first parts of a multipart upload.</summary>
[Description("The signed requests by which the client sends the file to storage.")]
internal sealed record InstructionsBody(
    [property: Description("PUT: url and headers; POST: url and fields; MULTIPART: partSize, partCount and the first parts.")]
    [property: ContractValues(ContractValues.InstructionMethods)]
    string Method)
{
    [Description("The signed URL of a PUT, or the address of a POST.")]
    public string? Url { get; init; }

    [Description("The headers that the client must send with the PUT.")]
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    [Description("The form fields of the POST, before the field file.")]
    public IReadOnlyDictionary<string, string>? Fields { get; init; }

    [Description("The size of each part but the last, in bytes.")]
    public long? PartSize { get; init; }

    [Description("The number of parts.")]
    public int? PartCount { get; init; }

    [Description("The first parts, already signed.")]
    public IReadOnlyList<SignedPartBody>? Parts { get; init; }

    /// <summary>Gets true if the client must send each part's SHA-256 when it requests the part's URL; otherwise, null.</summary>
    [Description("True if the client must send each part's SHA-256 when it requests the part's URL.")]
    public bool? PartChecksums { get; init; }

    /// <summary>Gets true if the client must state the file's CRC-64/NVME when it confirms the upload; otherwise, null.</summary>
    [Description("True if the client must state the file's CRC-64/NVME in `checksums` when it confirms the upload.")]
    public bool? RequiresChecksum { get; init; }

    public static InstructionsBody From(UploadInstructions instructions)
    {
        var body = CreateByMethod(instructions);
        return instructions.RequiresChecksum ? body with { RequiresChecksum = true } : body;
    }

    public override string ToString() => $"(presigned {Method})";

    private static InstructionsBody CreateByMethod(UploadInstructions instructions) => instructions switch
    {
        { Method: UploadMethod.Multipart } => new("MULTIPART")
        {
            PartSize = instructions.PartSize,
            PartCount = instructions.PartCount,
            Parts = SignedPartsBody.FromParts(instructions.Parts),
            PartChecksums = instructions.RequiresPartChecksums ? true : null,
        },
        { Method: UploadMethod.Post } => new("POST") { Url = instructions.Url, Fields = instructions.Fields },
        _ => new("PUT") { Url = instructions.Url, Headers = instructions.Headers },
    };
}

/// <summary>Formats statuses for JSON.</summary>
internal static class UploadStatusExtensions
{
    public static string ToJson(this UploadStatus status) => status.ToLowerName();
}
