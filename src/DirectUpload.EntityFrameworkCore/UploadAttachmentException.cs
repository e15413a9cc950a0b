namespace DirectUpload.EntityFrameworkCore;

/// <summary>Represents the refusal to attach an upload; <c>SaveChanges</c> throws it and saves nothing.</summary>
/// <example>
/// <code>
/// catch (UploadAttachmentException refused)
/// {
///     modelState.AddModelError(nameof(form.AvatarId), refused.Error.Message);
/// }
/// </code>
/// </example>
public sealed class UploadAttachmentException : Exception
{
    /// <summary>Creates an exception.</summary>
    /// <param name="uploadId">The id of the upload.</param>
    /// <param name="error">The reason.</param>
    /// <exception cref="ArgumentNullException"><paramref name="error"/> is null.</exception>
    public UploadAttachmentException(UploadId uploadId, UploadError error)
        : base($"Upload {uploadId} cannot be attached ({(error ?? throw new ArgumentNullException(nameof(error))).Code}): {error.Message}")
    {
        UploadId = uploadId;
        Error = error;
    }

    /// <summary>Gets the id of the upload that was refused.</summary>
    /// <value>The id, as the application or its client named it.</value>
    public UploadId UploadId { get; }

    /// <summary>Gets the reason of the refusal.</summary>
    /// <value>An error whose message clients may read.</value>
    public UploadError Error { get; }
}
