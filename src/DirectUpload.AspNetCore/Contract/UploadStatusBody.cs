using DirectUpload.Uploads;

namespace DirectUpload.AspNetCore.Contract;

/// <summary>How an upload stands.</summary>
internal sealed record UploadStatusBody
{
    public required string Id { get; init; }

    public required string Status { get; init; }

    public required string Profile { get; init; }

    public required string FileName { get; init; }

    public required string ContentType { get; init; }

    public required long? Size { get; init; }

    public string? ChecksumSha256 { get; init; }

    public required DateTime CreatedAt { get; init; }

    public required DateTime UpdatedAt { get; init; }

    public FailureBody? Error { get; init; }

    /// <summary>The names of what was made from the content; absent when nothing was.</summary>
    public IReadOnlyList<string>? Variants { get; init; }

    public string? ContentUrl { get; init; }

    /// <param name="record">The upload.</param>
    /// <param name="requestPath">The path of any of its endpoints, the host's path base included: the content's address is beside it.</param>
    /// <param name="publicAddress">Where everybody may read the content, or null.</param>
    public static UploadStatusBody From(UploadRecord record, string requestPath, Uri? publicAddress)
    {
        var id = record.Id.ToString();
        var self = requestPath[..(requestPath.LastIndexOf(id, StringComparison.Ordinal) + id.Length)];
        return new()
        {
            Id = id,
            Status = record.Status.ToJson(),
            Profile = record.Profile,
            FileName = record.FileName,
            ContentType = record.ContentType,
            Size = record.Size ?? (record.SizeIsOpen ? null : record.ClaimedSize),
            ChecksumSha256 = record.ChecksumSha256,
            CreatedAt = record.CreatedAt.UtcDateTime,
            UpdatedAt = record.UpdatedAt.UtcDateTime,
            Error = record.Error is { } error ? new(error.Code, error.Detail) : null,
            Variants = record is { Status: UploadStatus.Ready, Derivatives.Count: > 0 } ? [.. record.Derivatives.Select(made => made.Name)] : null,
            ContentUrl = record.Status == UploadStatus.Ready ? publicAddress?.AbsoluteUri ?? self + "/content" : null,
        };
    }
}

internal sealed record FailureBody(string Code, string Detail);
