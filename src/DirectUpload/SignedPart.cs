namespace DirectUpload;

/// <summary>Represents a presigned PUT request for one part of a multipart upload.</summary>
/// <remarks>The client must send exactly <see cref="Size"/> bytes with exactly these headers; otherwise storage refuses the part.</remarks>
/// <param name="number">The part number.</param>
/// <param name="size">The exact size, in bytes; null if the client chooses the part sizes.</param>
/// <param name="url">The presigned URL.</param>
/// <param name="headers">The headers to send.</param>
/// <param name="expiresAt">The time, in UTC, at which the URL expires.</param>
public sealed class SignedPart(int number, long? size, string url, IReadOnlyDictionary<string, string> headers, DateTimeOffset expiresAt)
{
    /// <summary>Gets the part number.</summary>
    /// <value>1 to 10,000. The part starts at (number - 1) times the part size in the file.</value>
    public int Number { get; } = number;

    /// <summary>Gets the exact size of the part, which is signed.</summary>
    /// <value>The size, in bytes; null if the client chooses the part sizes.</value>
    public long? Size { get; } = size;

    /// <summary>Gets the presigned URL.</summary>
    /// <value>An absolute URL with a signature; it is a secret until it expires.</value>
    public string Url { get; } = url;

    /// <summary>Gets the headers that the client must send unchanged.</summary>
    /// <value>Names and values, without <c>Content-Length</c>, which the client sets itself.</value>
    public IReadOnlyDictionary<string, string> Headers { get; } = headers;

    /// <summary>Gets the time at which the URL expires.</summary>
    /// <value>The time, in UTC.</value>
    public DateTimeOffset ExpiresAt { get; } = expiresAt;

    /// <summary>Returns the number, the size and the expiry, without the URL.</summary>
    /// <returns>A text without secrets, for logs.</returns>
    public override string ToString() => $"(presigned part {Number}, {Size} bytes, until {ExpiresAt:u})";
}
