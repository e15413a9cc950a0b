using System.Text.Json.Serialization;

namespace DirectUpload.AspNetCore.Contract;

/// <summary>The source-generated JSON serialization of the contract, which does not use the host's JSON options.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(UploadRequestBody))]
[JsonSerializable(typeof(UploadGrantBody))]
[JsonSerializable(typeof(UploadBatchRequestBody))]
[JsonSerializable(typeof(UploadBatchBody))]
[JsonSerializable(typeof(UploadStatusBody))]
[JsonSerializable(typeof(UploadListBody))]
[JsonSerializable(typeof(PartsRequestBody))]
[JsonSerializable(typeof(SignedPartsBody))]
[JsonSerializable(typeof(StoredPartsBody))]
[JsonSerializable(typeof(ConfirmBody))]
[JsonSerializable(typeof(RenewedBody))]
[JsonSerializable(typeof(DeleteBody))]
[JsonSerializable(typeof(ContentUrlBody))]
[JsonSerializable(typeof(RefusedUploadBody))]
[JsonSerializable(typeof(ProblemBody))]
[JsonSerializable(typeof(DecisionBody))]
internal sealed partial class ContractJson : JsonSerializerContext;
