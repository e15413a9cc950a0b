namespace DirectUpload.Client;

/// <summary>Describes an upload as the application reports it.</summary>
public sealed record FileUploadInfo
{
    /// <summary>Gets the upload's id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the upload's status.</summary>
    public required FileUploadStatus Status { get; init; }

    /// <summary>Gets the name of the upload's profile.</summary>
    public required string Profile { get; init; }

    /// <summary>Gets the file's name.</summary>
    public required string FileName { get; init; }

    /// <summary>Gets the content type.</summary>
    public required string ContentType { get; init; }

    /// <summary>Gets the size in bytes, or null while it is unknown.</summary>
    public long? Size { get; init; }

    /// <summary>Gets the stable code of the error that ended the upload, or null.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>Gets the description of the error that ended the upload, or null.</summary>
    public string? ErrorDetail { get; init; }

    /// <summary>Gets the entity of the application that the upload belongs to.</summary>
    /// <value>The entity; null for none, and for a caller with the read token.</value>
    public FileUploadAssociation? Association { get; init; }

    /// <summary>Gets the URL of the content, or null until the upload is ready.</summary>
    /// <remarks>The URL requires the read token in the header <c>Upload-Token</c>, or the owner's authorization.</remarks>
    public Uri? ContentUrl { get; init; }
}
