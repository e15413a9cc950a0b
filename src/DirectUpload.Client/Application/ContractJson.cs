using System.Text.Json.Serialization;

namespace DirectUpload.Client.Application;

/// <summary>The contract's JSON, source-generated, so that trimming leaves it whole.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(RequestBody))]
[JsonSerializable(typeof(GrantBody))]
[JsonSerializable(typeof(RenewedBody))]
[JsonSerializable(typeof(SignPartsBody))]
[JsonSerializable(typeof(SignedPartsBody))]
[JsonSerializable(typeof(StoredPartsBody))]
[JsonSerializable(typeof(StatusBody))]
[JsonSerializable(typeof(ProblemBody))]
[JsonSerializable(typeof(UploadState))]
internal sealed partial class ContractJson : JsonSerializerContext;
