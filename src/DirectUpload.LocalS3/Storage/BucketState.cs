using System.Text.Json.Serialization;
using DirectUpload.LocalS3.Cors;
using DirectUpload.LocalS3.Events;
using DirectUpload.LocalS3.Lifecycle;

namespace DirectUpload.LocalS3.Storage;

/// <summary>What is kept about a bucket itself.</summary>
internal sealed record BucketState(DateTimeOffset Created, IReadOnlyList<CorsRule>? Cors)
{
    public Versioning Versioning { get; init; }

    /// <summary>Null when no notification was ever configured.</summary>
    public IReadOnlyList<EventRule>? Events { get; init; }

    /// <summary>Null when there is no lifecycle configuration.</summary>
    public IReadOnlyList<LifecycleRule>? Lifecycle { get; init; }
}

/// <summary>Whether a bucket keeps versions. Once it did, it is never <see cref="Off"/> again.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Versioning>))]
internal enum Versioning
{
    /// <summary>It never did.</summary>
    Off,

    /// <summary>Every write makes a version with an id of its own.</summary>
    Enabled,

    /// <summary>A write replaces the one version without an id; those with an id stay.</summary>
    Suspended,
}

/// <summary>Generated serializers: reflection would not survive trimming.</summary>
[JsonSerializable(typeof(BucketState))]
[JsonSerializable(typeof(StoredObject))]
[JsonSerializable(typeof(StoredUpload))]
[JsonSerializable(typeof(UploadedPart))]
internal sealed partial class StorageJson : JsonSerializerContext;
