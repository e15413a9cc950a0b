using System.Text.Json.Serialization;

namespace DirectUpload.Client.Api;

/// <summary>Provides source-generated JSON metadata for the contract, so that trimming keeps it.</summary>
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
[JsonSerializable(typeof(ListBody))]
[JsonSerializable(typeof(ConfirmBody))]
[JsonSerializable(typeof(DeleteBody))]
[JsonSerializable(typeof(ProblemBody))]
[JsonSerializable(typeof(FileUploadState))]
internal sealed partial class ContractJson : JsonSerializerContext;
