namespace DirectUpload.Blazor;

/// <summary>Describes an upload that is ready.</summary>
/// <remarks>
/// The values come from the browser. Before the application uses the upload, it attaches it to an entity or looks it up, which checks the
/// owner.
/// </remarks>
public sealed class DirectUploadReadyEventArgs : EventArgs
{
    /// <summary>Gets the id of the upload: 32 lower-case hexadecimal digits.</summary>
    public required string UploadId { get; init; }

    /// <summary>Gets the name of the file.</summary>
    public required string FileName { get; init; }

    /// <summary>Gets the content type.</summary>
    public required string ContentType { get; init; }

    /// <summary>Gets the size of the file, in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Gets the SHA-256 of the file in Base64, or null if it is not known.</summary>
    public string? ChecksumSha256 { get; init; }

    /// <summary>Gets the address of the content for this browser, such as for an image; null if it is not known.</summary>
    /// <remarks>It may contain a token that permits to read the upload: do not store or log it.</remarks>
    public string? ContentUrl { get; init; }
}
