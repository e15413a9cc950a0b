using System.Text.Json.Serialization;

namespace DirectUpload.AspNetCore.Uppy;

/// <summary>The JSON serialization of Companion's protocol, in which S3's names keep their capitals.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FormResponse))]
[JsonSerializable(typeof(CreateBody))]
[JsonSerializable(typeof(CreateResponse))]
[JsonSerializable(typeof(List<PartResponse>))]
[JsonSerializable(typeof(SignPartResponse))]
[JsonSerializable(typeof(SignBatchResponse))]
[JsonSerializable(typeof(CompleteBody))]
[JsonSerializable(typeof(CompleteResponse))]
[JsonSerializable(typeof(ConfirmBody))]
[JsonSerializable(typeof(ConfirmResponse))]
[JsonSerializable(typeof(SignBody))]
[JsonSerializable(typeof(SignResponse))]
[JsonSerializable(typeof(UploadTicket))]
[JsonSerializable(typeof(EmptyResponse))]
[JsonSerializable(typeof(ErrorResponse))]
[JsonSerializable(typeof(ProblemResponse))]
internal sealed partial class UppyJson : JsonSerializerContext;

internal sealed record FormResponse(string Method, string Url, IReadOnlyDictionary<string, string> Fields, int Expires)
{
    public override string ToString() => $"(presigned {Method})";
}

internal sealed class CreateBody
{
    public string? Filename { get; init; }

    public string? Type { get; init; }

    [JsonConverter(typeof(MetadataConverter))]
    public Dictionary<string, string>? Metadata { get; init; }

    [JsonIgnore]
    public Dictionary<string, string> MetadataOrEmpty => Metadata ?? [];
}

internal sealed record CreateResponse(string Key, string UploadId, string Bucket);

internal sealed record PartResponse(
    [property: JsonPropertyName("PartNumber")] int PartNumber, [property: JsonPropertyName("Size")] long Size,
    [property: JsonPropertyName("ETag")] string ETag);

internal sealed record SignPartResponse(string Url, int Expires)
{
    public override string ToString() => "(presigned part)";
}

internal sealed record SignBatchResponse(IReadOnlyDictionary<string, string> PresignedUrls)
{
    public override string ToString() => $"({PresignedUrls.Count} presigned parts)";
}

internal sealed class CompleteBody
{
    public CompletedPart[]? Parts { get; init; }
}

internal sealed class CompletedPart
{
    [JsonPropertyName("PartNumber")]
    public int PartNumber { get; init; }

    [JsonPropertyName("ETag")]
    public string? ETag { get; init; }
}

internal sealed record CompleteResponse(string Location, string Key, string Bucket, string Id, string Status);

/// <summary>Uppy's request to sign, with the file name, the sizes and the metadata that the page may add.</summary>
internal sealed class SignBody
{
    public string? Method { get; init; }

    public string? Key { get; init; }

    public string? UploadId { get; init; }

    public int? PartNumber { get; init; }

    public string? ContentType { get; init; }

    public string? Filename { get; init; }

    /// <summary>
    /// Gets the file's size, in bytes. PUT requires it and signs it; a POST policy without it enforces the profile's limits.
    /// </summary>
    public long? Size { get; init; }

    /// <summary>
    /// Gets the size of each part but the last, in bytes. With it and <see cref="Size"/>, the size of every part is signed.
    /// </summary>
    public long? PartSize { get; init; }

    [JsonConverter(typeof(MetadataConverter))]
    public Dictionary<string, string>? Metadata { get; init; }

    [JsonIgnore]
    public Dictionary<string, string> MetadataOrEmpty => Metadata ?? [];
}

/// <summary>
/// The signed request that Uppy sends. <c>Method</c> is for version 5, whose <c>getUploadParameters</c> uses this response.
/// </summary>
internal sealed record SignResponse(
    string Method, string Url, string? Key, IReadOnlyDictionary<string, string>? Fields, IReadOnlyDictionary<string, string>? Headers)
{
    public override string ToString() => $"(presigned {Method})";
}

internal sealed class ConfirmBody
{
    public string? Key { get; init; }

    /// <summary>Gets the object's URL, as Uppy reports it to the page.</summary>
    public string? Location { get; init; }
}

internal sealed record ConfirmResponse(string Id, string Status);

internal sealed record EmptyResponse;

/// <summary>An error with Companion's <c>error</c>, and <c>message</c>, which Uppy 5 displays.</summary>
internal sealed record ErrorResponse(string Error, string Message);

/// <summary>Problem details (RFC 9457) with Companion's <c>error</c> and <c>message</c>.</summary>
internal sealed record ProblemResponse(string Type, string Title, int Status, string Detail, string Code, string Error, string Message);
