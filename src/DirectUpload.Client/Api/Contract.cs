namespace DirectUpload.Client.Api;

/// <summary>Holds the body of a request, as the application's HTTP API defines it.</summary>
internal sealed record RequestBody
{
    public required string Profile { get; init; }

    public required string FileName { get; init; }

    public required string ContentType { get; init; }

    public required long Size { get; init; }

    public string? ChecksumSha256 { get; init; }

    public bool PartChecksums { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    public AssociationBody? Association { get; init; }

    public string? Method { get; init; }
}

internal sealed record ConfirmBody(ChecksumsBody Checksums);

internal sealed record ChecksumsBody(string Crc64nvme);

internal sealed record DeleteBody(string Reason);

internal sealed record AssociationBody(string Type, string Id, string? Kind = null);

internal sealed record GrantBody(string Id, string WriteToken, string ReadToken, DateTimeOffset ExpiresAt, InstructionsBody Upload)
{
    public override string ToString() => $"(grant of upload {Id})";
}

internal sealed record RenewedBody(InstructionsBody Upload, DateTimeOffset ExpiresAt);

internal sealed record InstructionsBody
{
    public required string Method { get; init; }

    public string? Url { get; init; }

    public Dictionary<string, string>? Headers { get; init; }

    public Dictionary<string, string>? Fields { get; init; }

    public long PartSize { get; init; }

    public SignedPartBody[]? Parts { get; init; }

    public bool PartChecksums { get; init; }

    public override string ToString() => $"(presigned {Method})";
}

internal sealed record SignedPartBody(int PartNumber, string Url, Dictionary<string, string>? Headers)
{
    public override string ToString() => $"(presigned part {PartNumber})";
}

internal sealed record SignPartsBody(int[] PartNumbers)
{
    public Dictionary<int, string>? ChecksumsSha256 { get; init; }
}

internal sealed record SignedPartsBody(SignedPartBody[] Parts, DateTimeOffset ExpiresAt);

internal sealed record StoredPartsBody(StoredPartBody[] Parts);

internal sealed record StoredPartBody(int PartNumber, long Size);

internal sealed record StatusBody
{
    public required string Id { get; init; }

    public required string Status { get; init; }

    public string? Profile { get; init; }

    public string? FileName { get; init; }

    public string? ContentType { get; init; }

    public long? Size { get; init; }

    public FailureBody? Error { get; init; }

    public string? ContentUrl { get; init; }

    public AssociationBody? Association { get; init; }
}

internal sealed record ListBody(StatusBody[] Uploads, string? Next = null);

internal sealed record FailureBody(string Code, string Detail);

internal sealed record ProblemBody(string? Code = null, string? Detail = null, string? Title = null);
