using DirectUpload;

namespace MvcSample.Models;

/// <summary>A row of the administrator's table of uploads.</summary>
public sealed record UploadRow(
    UploadId Id, string FileName, string Profile, UploadStatus Status, long? Size, DateTimeOffset CreatedAt, string? OwnerName,
    string? AttachedTo);
