using System.Text.Json.Serialization;

namespace DirectUpload.AspNetCore.Tests.Hosting;

/// <summary>The body of a request for an upload; what is null is not sent.</summary>
public sealed record TestUploadRequest
{
    public string? Profile { get; init; } = "picture";
    public string? FileName { get; init; } = "holiday.png";
    public string? ContentType { get; init; } = "image/png";
    public long? Size { get; init; } = 1000;
    public string? ChecksumSha256 { get; init; }
    public object? Checksums { get; init; }
    public bool? PartChecksums { get; init; }
    public object? Metadata { get; init; }
    public object? Association { get; init; }
    public string? Method { get; init; }

    [JsonIgnore]
    public static TestUploadRequest Picture => new();

    public static TestUploadRequest FromPicture(byte[] bytes) => new() { Size = bytes.Length };

    public static TestUploadRequest Form => new() { Profile = "form" };
}
