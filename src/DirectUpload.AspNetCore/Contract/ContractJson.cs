using System.Text.Json.Serialization;

namespace DirectUpload.AspNetCore.Contract;

/// <summary>The contract's JSON, source-generated; the host's own JSON settings don't reach it.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(UploadRequestBody))]
[JsonSerializable(typeof(UploadGrantBody))]
[JsonSerializable(typeof(UploadStatusBody))]
[JsonSerializable(typeof(PartsRequestBody))]
[JsonSerializable(typeof(SignedPartsBody))]
[JsonSerializable(typeof(StoredPartsBody))]
[JsonSerializable(typeof(ConfirmBody))]
[JsonSerializable(typeof(RenewedBody))]
[JsonSerializable(typeof(ProblemBody))]
internal sealed partial class ContractJson : JsonSerializerContext;
