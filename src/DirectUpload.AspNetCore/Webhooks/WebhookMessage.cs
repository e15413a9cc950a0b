using System.Text.Json.Serialization;
using DirectUpload.AspNetCore.Contract;

namespace DirectUpload.AspNetCore.Webhooks;

/// <summary>
/// The message that is posted for each status change. It contains no tokens and no URLs; the application creates its own.
/// </summary>
internal sealed record WebhookMessage(string Type, DateTime Timestamp, WebhookUpload Data);

/// <summary>The upload at the time when the message is sent.</summary>
internal sealed record WebhookUpload
{
    public required string Id { get; init; }

    public required string Status { get; init; }

    public required string Profile { get; init; }

    public string? Owner { get; init; }

    public AssociationBody? Association { get; init; }

    public required string FileName { get; init; }

    public required string ContentType { get; init; }

    public long? Size { get; init; }

    public string? ChecksumSha256 { get; init; }

    public required string Bucket { get; init; }

    public string? Key { get; init; }

    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    public required IReadOnlyDictionary<string, string> Properties { get; init; }

    public FailureBody? Error { get; init; }

    public static WebhookUpload From(Upload record) => new()
    {
        Id = record.Id.ToString(),
        Status = record.Status.ToJson(),
        Profile = record.Profile,
        Owner = record.Owner,
        Association = record.Association is { } association ? new() { Type = association.Type, Id = association.Id } : null,
        FileName = record.FileName,
        ContentType = record.ContentType,
        Size = record.Size,
        ChecksumSha256 = record.ChecksumSha256,
        Bucket = record.Bucket!,
        Key = record.Status == UploadStatus.Ready ? record.Key : null,
        Metadata = record.Metadata,
        Properties = record.Properties,
        Error = record.Error is { } error ? new(error.Code, error.Message) : null,
    };
}

/// <summary>The JSON serialization of webhook messages.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WebhookMessage))]
internal sealed partial class WebhookJson : JsonSerializerContext;
