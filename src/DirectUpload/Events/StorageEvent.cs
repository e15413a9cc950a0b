namespace DirectUpload.Events;

/// <summary>Describes a change of an object that storage has reported.</summary>
/// <remarks>An event may be late, duplicated, out of order or forged, so the receiver reads the object from storage first.</remarks>
/// <param name="Kind">The kind of the change.</param>
/// <param name="Bucket">The bucket's name.</param>
/// <param name="Key">The object's key, decoded.</param>
internal sealed record StorageEvent(StorageEventKind Kind, string Bucket, string Key)
{
    /// <summary>Gets the event's name, such as <c>ObjectCreated:Put</c> or <c>Object Created</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the object's size, in bytes; null when the event does not contain it.</summary>
    public long? Size { get; init; }

    /// <summary>Gets the ETag as the event writes it, quoted or not; null when the event does not contain it.</summary>
    public string? ETag { get; init; }

    /// <summary>Gets the version; null where the bucket is not versioned.</summary>
    public string? VersionId { get; init; }

    /// <summary>Gets the sequencer that orders the events of one key; null where storage sends none.</summary>
    public StorageSequencer? Sequencer { get; init; }

    /// <summary>Gets the result of a malware scan; null for another event.</summary>
    public ObjectScan? Scan { get; init; }
}

/// <summary>Specifies the kinds of changes of an object.</summary>
internal enum StorageEventKind
{
    /// <summary>Another event, such as a restore or a replication.</summary>
    Other,

    /// <summary>
    /// The object was written by PUT, a form, a copy or the completion of a multipart upload. Ceph also sends it at the start of a
    /// multipart upload.
    /// </summary>
    Created,

    /// <summary>The object was deleted, or a delete marker was written.</summary>
    Removed,

    /// <summary>The object was scanned for malware.</summary>
    Scanned,
}
