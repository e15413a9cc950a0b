using System.Text.Json.Serialization;
using DirectUpload.LocalS3.Cors;
using DirectUpload.LocalS3.Lifecycle;
using DirectUpload.LocalS3.Notifications;
using DirectUpload.LocalS3.Objects;

namespace DirectUpload.LocalS3.Storage;

/// <summary>Represents the stored configuration of a bucket.</summary>
internal sealed record BucketState(DateTimeOffset Created, IReadOnlyList<CorsRule>? Cors)
{
    public VersioningStatus Versioning { get; init; }

    /// <summary>The notification configuration; null if none was ever set.</summary>
    public IReadOnlyList<NotificationRule>? Events { get; init; }

    /// <summary>The lifecycle configuration; null if the bucket has none.</summary>
    public IReadOnlyList<LifecycleRule>? Lifecycle { get; init; }
}

/// <summary>Specifies the versioning status of a bucket, which never returns to <see cref="Off"/>.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<VersioningStatus>))]
internal enum VersioningStatus
{
    /// <summary>Versioning was never enabled.</summary>
    Off,

    /// <summary>Every write creates a version with its own id.</summary>
    Enabled,

    /// <summary>A write replaces the version without an id; versions with an id stay.</summary>
    Suspended,
}

/// <summary>Provides generated serializers, because reflection does not work after trimming.</summary>
[JsonSerializable(typeof(BucketState))]
[JsonSerializable(typeof(StoredObject))]
[JsonSerializable(typeof(StoredUpload))]
[JsonSerializable(typeof(UploadedPart))]
internal sealed partial class StorageJson : JsonSerializerContext;
