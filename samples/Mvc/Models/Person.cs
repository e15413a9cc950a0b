using DirectUpload;

namespace MvcSample.Models;

/// <summary>What users see of each other.</summary>
public sealed record Person(string Id, string DisplayName, string? About, UploadId? AvatarId);
