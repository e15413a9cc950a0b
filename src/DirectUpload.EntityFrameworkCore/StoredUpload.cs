namespace DirectUpload.EntityFrameworkCore;

/// <summary>Represents an upload in LINQ queries of the application; it is read-only.</summary>
/// <remarks>
/// <c>db.Uploads().Query</c> returns the uploads. Times can be compared and sorted. Operations on uploads belong to
/// <see cref="IDirectUploadService"/>.
/// </remarks>
public class StoredUpload
{
    // Contexts with proxies refuse sealed entity types.
    /// <summary>Creates an instance; Entity Framework Core calls it.</summary>
    protected StoredUpload()
    {
    }

    /// <summary>Gets the id of the upload.</summary>
    /// <value>A unique id, which sorts by the time of the request.</value>
    public UploadId Id { get; private set; }

    /// <summary>Gets the name of the profile.</summary>
    /// <value>The profile under which the upload was requested.</value>
    public string Profile { get; private set; } = string.Empty;

    /// <summary>Gets the status of the upload.</summary>
    /// <value>The status at the time of the query.</value>
    public UploadStatus Status { get; private set; }

    /// <summary>Gets the owner of the upload.</summary>
    /// <value>The <see cref="UploadCaller.Owner"/> of the request; null if anonymous.</value>
    public string? Owner { get; private set; }

    /// <summary>Gets the file name that the client sent.</summary>
    /// <value>A file name without a path; empty if the owner was erased.</value>
    public string FileName { get; private set; } = string.Empty;

    /// <summary>Gets the media type.</summary>
    /// <value>The declared type; when the upload is ready, the type that its bytes were found to have.</value>
    public string ContentType { get; private set; } = string.Empty;

    /// <summary>Gets the size that storage reported.</summary>
    /// <value>The size, in bytes; null before the object has arrived.</value>
    public long? Size { get; private set; }

    /// <summary>Gets the type of the entity that the upload belongs to.</summary>
    /// <value>The <see cref="UploadAssociation.Type"/>; null without an association.</value>
    public string? AssociationType { get; private set; }

    /// <summary>Gets the id of the entity that the upload belongs to.</summary>
    /// <value>The <see cref="UploadAssociation.Id"/>; null without an association.</value>
    public string? AssociationId { get; private set; }

    /// <summary>Gets what the upload is to the entity.</summary>
    /// <value>The <see cref="UploadAssociation.Kind"/>; null without one.</value>
    public string? AssociationKind { get; private set; }

    /// <summary>Gets the time at which the application attached the upload.</summary>
    /// <value>The time, in UTC; null if the application has not attached it.</value>
    public DateTimeOffset? AttachedAt { get; private set; }

    /// <summary>Gets the time by which the application must attach the upload; otherwise it is deleted.</summary>
    /// <value>The time, in UTC; null if the upload is kept.</value>
    public DateTimeOffset? AttachBy { get; private set; }

    /// <summary>Gets the time at which the upload was requested.</summary>
    /// <value>The time, in UTC.</value>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Gets the time of the last status change.</summary>
    /// <value>The time, in UTC.</value>
    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>Gets the number of processing attempts.</summary>
    /// <value>0 or more.</value>
    public int Attempts { get; private set; }

    /// <summary>Gets the error of the last processing attempt, for operators.</summary>
    /// <value>The message of an exception, which clients must not see; null for none.</value>
    public string? LastError { get; private set; }

    /// <summary>Gets the code of the reason why the upload was rejected, failed, aborted or deleted.</summary>
    /// <value>The <see cref="UploadError.Code"/>; null for none.</value>
    public string? ErrorCode { get; private set; }

    /// <summary>Gets the reason why the upload was rejected, failed, aborted or deleted.</summary>
    /// <value>The <see cref="UploadError.Message"/>; null for none.</value>
    public string? ErrorMessage { get; private set; }
}
