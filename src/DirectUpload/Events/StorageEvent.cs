namespace DirectUpload.Events;

/// <summary>What storage says has happened to an object. A hint, no proof: it may be late, doubled, out of order or forged, so whoever acts on it asks storage first.</summary>
/// <param name="Kind">What has happened.</param>
/// <param name="Bucket">The bucket's name.</param>
/// <param name="Key">The object's key, decoded.</param>
public sealed record StorageEvent(StorageEventKind Kind, string Bucket, string Key)
{
    /// <summary>The event's own name, such as <c>ObjectCreated:Put</c> or <c>Object Created</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The size in bytes; null when the event does not tell.</summary>
    public long? Size { get; init; }

    /// <summary>The ETag as the event writes it, quoted or not; null when it does not tell.</summary>
    public string? ETag { get; init; }

    /// <summary>The version; null where the bucket has none.</summary>
    public string? VersionId { get; init; }

    /// <summary>Orders the events of one key; null where storage gives none.</summary>
    public StorageSequencer? Sequencer { get; init; }
}

/// <summary>What has happened to an object.</summary>
public enum StorageEventKind
{
    /// <summary>Something else, such as a restore or a replication.</summary>
    Other,

    /// <summary>It was written: by PUT, by a form, by a copy, or put together from parts. Ceph also says so when a multipart upload is begun.</summary>
    Created,

    /// <summary>It was deleted, or a delete marker was written.</summary>
    Removed,
}
