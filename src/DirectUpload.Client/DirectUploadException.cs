namespace DirectUpload.Client;

/// <summary>Represents an upload that failed.</summary>
/// <remarks><see cref="Code"/> is stable and meant for programs; the message is meant for people.</remarks>
public sealed class DirectUploadException : Exception
{
    internal DirectUploadException(string code, string detail, Exception? inner = null)
        : base($"{detail} ({code})", inner) => (Code, Detail) = (code, detail);

    /// <summary>
    /// Gets the application's error code (<c>too-large</c>, <c>mismatch</c>, <c>expired</c>, …) or one of
    /// <see cref="FileUploadErrorCodes"/>.
    /// </summary>
    public string Code { get; }

    /// <summary>Gets the description of the error and of its correction.</summary>
    public string Detail { get; }

    /// <summary>Gets the HTTP status code of the error response, or null if there was no response.</summary>
    public int? HttpStatus { get; internal init; }

    /// <summary>Gets the upload's status if the status is the cause of the error; otherwise null.</summary>
    public FileUploadStatus? Status { get; internal init; }

    /// <summary>Gets the state for <see cref="DirectUploadClient.ResumeAsync"/>, or null if the upload can't be resumed.</summary>
    public FileUploadState? State { get; private set; }

    // A terminal upload can't be resumed, nor can one without access.
    internal void SetState(FileUploadState state) => State = FileUploadErrorCodes.IsFinal(Code) || Status is not null ? null : state;
}
