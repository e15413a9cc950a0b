namespace DirectUpload.Client;

/// <summary>An upload that did not come about: <see cref="Code"/> is for programs, the message for people.</summary>
public sealed class DirectUploadException : Exception
{
    internal DirectUploadException(string code, string detail, Exception? inner = null)
        : base($"{detail} ({code})", inner) => (Code, Detail) = (code, detail);

    /// <summary>The application's own code (<c>too-large</c>, <c>mismatch</c>, <c>expired</c>, …), or one of <see cref="UploadErrorCodes"/>.</summary>
    public string Code { get; }

    /// <summary>What happened, and what to do.</summary>
    public string Detail { get; }

    /// <summary>The HTTP status of the answer that says so; null when there was none.</summary>
    public int? HttpStatus { get; internal init; }

    /// <summary>Where the upload stands, when that is what is wrong.</summary>
    public UploadStatus? Status { get; internal init; }

    /// <summary>What <see cref="DirectUploadClient.ResumeAsync"/> needs; null when there is nothing to go on with: then upload anew, if at all.</summary>
    public UploadState? State { get; private set; }

    // An ended upload, and one that nobody may touch, can't be gone on with.
    internal void KeepFor(UploadState state) => State = UploadErrorCodes.IsFinal(Code) || Status is not null ? null : state;
}
