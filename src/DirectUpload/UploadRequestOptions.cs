namespace DirectUpload;

/// <summary>Specifies options of the application for one request.</summary>
/// <remarks>Never set these options from values that a client sends.</remarks>
public sealed class UploadRequestOptions
{
    /// <summary>Gets the id of the new upload, so that a repeated request is a conflict.</summary>
    /// <value>
    /// An id that <see cref="UploadId.Create"/> created at most 15 minutes before; null (the default) to have the library create it.
    /// </value>
    public UploadId? Id { get; init; }

    /// <summary>Gets the decision that <see cref="IDirectUploadService.AuthorizeAsync"/> returned for this request.</summary>
    /// <value>The decision, with which the authorizers are not called again; null (the default) to call the authorizers.</value>
    public UploadAuthorization? Authorization { get; init; }

    /// <summary>Gets the URL to which storage redirects the browser after the upload of an HTML form.</summary>
    /// <value>
    /// An absolute HTTP or HTTPS URL, to which storage adds <c>bucket</c>, <c>key</c> and <c>etag</c>; the method is then
    /// <see cref="UploadMethod.Post"/>. Null (the default) for no redirect.
    /// </value>
    public Uri? SuccessRedirect { get; init; }

    /// <summary>Gets the write token of the new upload, for applications that derive it from a secret of one browser.</summary>
    /// <value>A token that no other upload has; null (the default) to have the library create it.</value>
    public UploadToken? WriteToken { get; init; }
}
