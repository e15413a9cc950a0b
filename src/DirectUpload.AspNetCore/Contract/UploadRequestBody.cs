namespace DirectUpload.AspNetCore.Contract;

/// <summary>The body of <c>POST /uploads</c>. Everything is optional here, so that what is missing gets a sentence of its own.</summary>
internal sealed class UploadRequestBody
{
    public string? Profile { get; init; }

    public string? FileName { get; init; }

    public string? ContentType { get; init; }

    public long? Size { get; init; }

    public string? ChecksumSha256 { get; init; }

    public bool PartChecksums { get; init; }

    public Dictionary<string, string>? Metadata { get; init; }

    public AssociationBody? Association { get; init; }

    public string? Method { get; init; }
}

internal sealed class AssociationBody
{
    public string? Type { get; init; }

    public string? Id { get; init; }
}
