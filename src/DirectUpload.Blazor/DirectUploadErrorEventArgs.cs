namespace DirectUpload.Blazor;

/// <summary>Describes why a file could not be uploaded.</summary>
public sealed class DirectUploadErrorEventArgs : EventArgs
{
    /// <summary>Gets the error code, such as <c>file-too-large</c>.</summary>
    public required string Code { get; init; }

    /// <summary>Gets the message for the user, in the language of the component.</summary>
    public required string Message { get; init; }

    /// <summary>Gets the explanation that the application sent, or null.</summary>
    public string? Detail { get; init; }

    /// <summary>Gets the id of the upload, or null if the application has not granted it.</summary>
    public string? UploadId { get; init; }

    /// <summary>Gets the name of the file, or null if the error concerns no single file.</summary>
    public string? FileName { get; init; }

    /// <summary>Gets whether the user can retry with the same file.</summary>
    public bool CanRetry { get; init; }
}
