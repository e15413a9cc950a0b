namespace DirectUpload;

/// <summary>Contains the content of an upload or a variant, for the application to read or to send to a client.</summary>
/// <param name="stream">The stream of the content.</param>
/// <param name="length">The length, in bytes.</param>
/// <param name="contentType">The media type.</param>
/// <param name="eTag">The ETag, including the quotation marks.</param>
/// <param name="contentDisposition">The <c>Content-Disposition</c> header to send.</param>
/// <param name="lastModified">The time of the last change, in UTC.</param>
/// <param name="mayContainScript">True if a browser could run scripts in the content.</param>
public sealed class UploadContent(
    Stream stream, long length, string contentType, string eTag, string contentDisposition, DateTimeOffset lastModified,
    bool mayContainScript)
{
    /// <summary>Gets the stream of the content.</summary>
    /// <value>A seekable stream, which the caller disposes. It requests from storage only the bytes that are read.</value>
    /// <remarks>Reads throw an <see cref="IOException"/> if the object in storage is replaced.</remarks>
    public Stream Stream { get; } = stream;

    /// <summary>Gets the length of the content.</summary>
    /// <value>The length, in bytes.</value>
    public long Length { get; } = length;

    /// <summary>Gets the media type of the content.</summary>
    /// <value>The verified media type, such as <c>image/png</c>.</value>
    public string ContentType { get; } = contentType;

    /// <summary>Gets the ETag of the content.</summary>
    /// <value>The ETag from storage, including the quotation marks.</value>
    public string ETag { get; } = eTag;

    /// <summary>Gets the <c>Content-Disposition</c> header to send with the content.</summary>
    /// <value>
    /// <c>inline</c> or <c>attachment</c> with the file name. It is <c>inline</c> only if the profile allows it and the content cannot run
    /// scripts.
    /// </value>
    public string ContentDisposition { get; } = contentDisposition;

    /// <summary>Gets the time of the last change.</summary>
    /// <value>The time, in UTC, at which the upload was last changed.</value>
    public DateTimeOffset LastModified { get; } = lastModified;

    /// <summary>Gets a value that indicates whether a browser could run scripts in the content.</summary>
    /// <value>True if the response needs a <c>Content-Security-Policy</c> header with <c>sandbox</c>; otherwise false.</value>
    public bool MayContainScript { get; } = mayContainScript;
}
