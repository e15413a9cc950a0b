using System.Text.Json.Serialization;
using DirectUpload.LocalS3.Cors;

namespace DirectUpload.LocalS3.Storage;

/// <summary>What is kept about a bucket itself.</summary>
internal sealed record BucketState(DateTimeOffset Created, IReadOnlyList<CorsRule>? Cors);

/// <summary>Generated serializers: reflection would not survive trimming.</summary>
[JsonSerializable(typeof(BucketState))]
[JsonSerializable(typeof(StoredObject))]
[JsonSerializable(typeof(StoredUpload))]
[JsonSerializable(typeof(UploadedPart))]
internal sealed partial class StorageJson : JsonSerializerContext;
