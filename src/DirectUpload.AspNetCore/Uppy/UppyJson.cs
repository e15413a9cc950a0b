using System.Text.Json.Serialization;

namespace DirectUpload.AspNetCore.Uppy;

/// <summary>What Uppy and Companion say to each other; S3's own names keep their capitals.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FormAnswer))]
[JsonSerializable(typeof(CreateBody))]
[JsonSerializable(typeof(CreateAnswer))]
[JsonSerializable(typeof(List<PartAnswer>))]
[JsonSerializable(typeof(SignAnswer))]
[JsonSerializable(typeof(BatchAnswer))]
[JsonSerializable(typeof(CompleteBody))]
[JsonSerializable(typeof(CompleteAnswer))]
[JsonSerializable(typeof(ConfirmBody))]
[JsonSerializable(typeof(ConfirmAnswer))]
[JsonSerializable(typeof(SignBody))]
[JsonSerializable(typeof(SignedAnswer))]
[JsonSerializable(typeof(UploadTicket))]
[JsonSerializable(typeof(NothingAnswer))]
[JsonSerializable(typeof(RefusalAnswer))]
[JsonSerializable(typeof(ProblemAnswer))]
internal sealed partial class UppyJson : JsonSerializerContext;

internal sealed record FormAnswer(string Method, string Url, IReadOnlyDictionary<string, string> Fields, int Expires)
{
    public override string ToString() => $"(presigned {Method})";
}

internal sealed class CreateBody
{
    public string? Filename { get; init; }

    public string? Type { get; init; }

    [JsonConverter(typeof(NotesConverter))]
    public Dictionary<string, string>? Metadata { get; init; }

    [JsonIgnore]
    public Dictionary<string, string> Notes => Metadata ?? [];
}

internal sealed record CreateAnswer(string Key, string UploadId, string Bucket);

internal sealed record PartAnswer(
    [property: JsonPropertyName("PartNumber")] int PartNumber, [property: JsonPropertyName("Size")] long Size, [property: JsonPropertyName("ETag")] string ETag);

internal sealed record SignAnswer(string Url, int Expires)
{
    public override string ToString() => "(presigned part)";
}

internal sealed record BatchAnswer(IReadOnlyDictionary<string, string> PresignedUrls)
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

internal sealed record CompleteAnswer(string Location, string Key, string Bucket, string Id, string Status);

/// <summary>Uppy's request to sign, and what the page may add to it: of these, Uppy says nothing.</summary>
internal sealed class SignBody
{
    public string? Method { get; init; }

    public string? Key { get; init; }

    public string? UploadId { get; init; }

    public int? PartNumber { get; init; }

    public string? ContentType { get; init; }

    public string? Filename { get; init; }

    /// <summary>The file's length in bytes. With it, what goes in one piece goes by PUT, its length signed; without it, by a form that is held to the profile's limits.</summary>
    public long? Size { get; init; }

    /// <summary>The length of each part but the last, in bytes, beside <see cref="Size"/>: with both, the length of every part is signed.</summary>
    public long? PartSize { get; init; }

    [JsonConverter(typeof(NotesConverter))]
    public Dictionary<string, string>? Metadata { get; init; }

    [JsonIgnore]
    public Dictionary<string, string> Notes => Metadata ?? [];
}

/// <summary>What Uppy sends; <c>method</c> is for version 5, whose <c>getUploadParameters</c> takes this answer as it is.</summary>
internal sealed record SignedAnswer(string Method, string Url, string? Key, IReadOnlyDictionary<string, string>? Fields, IReadOnlyDictionary<string, string>? Headers)
{
    public override string ToString() => $"(presigned {Method})";
}

internal sealed class ConfirmBody
{
    public string? Key { get; init; }

    /// <summary>The object's address, as Uppy tells it to the page.</summary>
    public string? Location { get; init; }
}

internal sealed record ConfirmAnswer(string Id, string Status);

internal sealed record NothingAnswer;

/// <summary>Companion's <c>error</c>, and <c>message</c>, which Uppy 5 shows to people.</summary>
internal sealed record RefusalAnswer(string Error, string Message);

/// <summary>Problem details (RFC 9457) with Companion's names beside theirs.</summary>
internal sealed record ProblemAnswer(string Type, string Title, int Status, string Detail, string Code, string Error, string Message);
