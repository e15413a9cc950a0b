using DirectUpload.Stores;

namespace DirectUpload;

/// <summary>Specifies which uploads <see cref="IDirectUploadService.ListAsync"/> lists.</summary>
/// <remarks>An upload is listed if it meets all conditions.</remarks>
/// <example>
/// <code>
/// var album = UploadFilter.ForAssociation("album", "7", kind: "photo") with { Status = UploadStatus.Ready };
///
/// await foreach (var photo in uploads.ListAsync(album))
///     Console.WriteLine(photo.FileName);
/// </code>
/// </example>
public sealed record UploadFilter
{
    private UploadFilter()
    {
    }

    /// <summary>Gets a value that indicates whether the filter selects the uploads of one owner.</summary>
    /// <value>True if <see cref="Owner"/> applies, also when it is null.</value>
    public bool IsByOwner { get; private init; }

    /// <summary>Gets the owner of the uploads.</summary>
    /// <value>The owner; null for anonymous callers, or if <see cref="IsByOwner"/> is false.</value>
    public string? Owner { get; private init; }

    /// <summary>Gets the association of the uploads.</summary>
    /// <value>The association, whose kind is null for uploads of any kind; null (the default) for uploads with and without one.</value>
    public UploadAssociation? Association { get; init; }

    /// <summary>Gets the status of the uploads.</summary>
    /// <value>The status; null (the default) for any.</value>
    public UploadStatus? Status { get; init; }

    /// <summary>Gets the name of the processor whose decision the uploads wait for.</summary>
    /// <value>The name, as in <see cref="UploadDecision.Processor"/>; null (the default) for any upload.</value>
    public string? AwaitedProcessor { get; init; }

    /// <summary>Gets the time from which on the uploads were requested.</summary>
    /// <value>The time, inclusive; null (the default) for any.</value>
    public DateTimeOffset? CreatedFrom { get; init; }

    /// <summary>Gets the time before which the uploads were requested.</summary>
    /// <value>The time, exclusive; null (the default) for any.</value>
    public DateTimeOffset? CreatedBefore { get; init; }

    /// <summary>Gets the id after which the listing continues, towards older uploads.</summary>
    /// <value>The last id of the previous page; null (the default) to start with the newest upload.</value>
    public UploadId? Before { get; init; }

    /// <summary>Creates a filter for the uploads of all owners.</summary>
    /// <remarks>
    /// A listing with this filter has no order, and may read every record of the store. Relational databases and DynamoDB read only those
    /// with the <see cref="AwaitedProcessor"/>, and relational databases only those with the <see cref="Status"/>.
    /// </remarks>
    /// <returns>The filter.</returns>
    public static UploadFilter ForAll() => new();

    /// <summary>Creates a filter for the uploads of one owner.</summary>
    /// <param name="owner">The owner; null for anonymous callers.</param>
    /// <returns>The filter.</returns>
    public static UploadFilter ForOwner(string? owner) => new() { IsByOwner = true, Owner = owner };

    /// <summary>Creates a filter for the uploads that belong to one entity of the application.</summary>
    /// <param name="type">The type of the entity, as in <see cref="UploadAssociation.Type"/>.</param>
    /// <param name="id">The id of the entity, as in <see cref="UploadAssociation.Id"/>.</param>
    /// <param name="kind">What the uploads are to the entity; null for any kind.</param>
    /// <returns>The filter.</returns>
    /// <exception cref="ArgumentException"><paramref name="type"/> or <paramref name="id"/> is null or empty.</exception>
    public static UploadFilter ForAssociation(string type, string id, string? kind = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(type);
        ArgumentException.ThrowIfNullOrEmpty(id);
        return new() { Association = new UploadAssociation(type, id, kind) };
    }

    /// <summary>Checks whether a record meets all conditions of the filter.</summary>
    /// <param name="record">The record.</param>
    /// <returns>True if the upload is listed.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="record"/> is null.</exception>
    public bool Matches(UploadRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return (!IsByOwner || record.Owner == Owner)
            && (Association is null || (record.Association is { } found && found.Type == Association.Type && found.Id == Association.Id
                && (Association.Kind is null || found.Kind == Association.Kind)))
            && (Status is null || record.Status == Status)
            && (AwaitedProcessor is null || record.AwaitedProcessor() == AwaitedProcessor)
            && (CreatedFrom is null || record.CreatedAt >= CreatedFrom)
            && (CreatedBefore is null || record.CreatedAt < CreatedBefore)
            && (Before is not { } before || record.Id < before);
    }
}
