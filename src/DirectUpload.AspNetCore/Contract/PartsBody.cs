namespace DirectUpload.AspNetCore.Contract;

/// <summary>The body of <c>POST /uploads/{id}/parts</c>: numbers one by one, or from one to another.</summary>
internal sealed class PartsRequestBody
{
    public int[]? PartNumbers { get; init; }

    public int? From { get; init; }

    public int? To { get; init; }

    /// <summary>The SHA-256 of each part, base64, by its number; of an upload that was requested with <c>partChecksums</c>.</summary>
    public Dictionary<int, string>? ChecksumsSha256 { get; init; }
}

/// <summary>Where parts go.</summary>
internal sealed record SignedPartsBody(IReadOnlyList<SignedPartBody> Parts, DateTime ExpiresAt)
{
    public static SignedPartsBody From(SignedParts signed) => new(Of(signed.Parts), signed.ExpiresAt.UtcDateTime);

    public static IReadOnlyList<SignedPartBody> Of(IReadOnlyList<SignedPart> parts) => [.. parts.Select(part => new SignedPartBody(part.Number, part.Size, part.Url, part.Headers))];
}

internal sealed record SignedPartBody(int PartNumber, long? Size, string Url, IReadOnlyDictionary<string, string> Headers)
{
    public override string ToString() => $"(presigned part {PartNumber})";
}

/// <summary>The parts that storage has.</summary>
internal sealed record StoredPartsBody(IReadOnlyList<StoredPartBody> Parts);

internal sealed record StoredPartBody(int PartNumber, long Size, string Etag);

/// <summary>The body of <c>POST /uploads/{id}/confirm</c>; of an upload in one piece it has nothing to say.</summary>
internal sealed class ConfirmBody
{
    public SentPartBody[]? Parts { get; init; }
}

internal sealed class SentPartBody
{
    public int PartNumber { get; init; }

    public string? Etag { get; init; }
}

/// <summary>What a renewal answers.</summary>
internal sealed record RenewedBody(InstructionsBody Upload, DateTime ExpiresAt);
