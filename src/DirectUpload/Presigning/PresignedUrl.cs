namespace DirectUpload.Presigning;

/// <summary>Contains a presigned request.</summary>
/// <remarks>The client sends a request with <see cref="Method"/> and exactly <see cref="Headers"/> to <see cref="Url"/>.</remarks>
/// <param name="method">The HTTP method.</param>
/// <param name="url">The URL.</param>
/// <param name="headers">The headers to send.</param>
/// <param name="expiresAt">The time, in UTC, from which storage refuses the URL.</param>
public sealed class PresignedUrl(string method, string url, IReadOnlyDictionary<string, string> headers, DateTimeOffset expiresAt)
{
    /// <summary>Gets the HTTP method, such as <c>PUT</c> or <c>GET</c>.</summary>
    public string Method { get; } = method;

    /// <summary>Gets the URL with its signature, which is a secret until it expires.</summary>
    public string Url { get; } = url;

    /// <summary>Gets the headers that the client must send unchanged; it sets <c>Host</c> and <c>Content-Length</c> itself.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; } = headers;

    /// <summary>
    /// Gets the time, in UTC, from which storage refuses the URL: earlier than requested when the credentials expire first.
    /// </summary>
    public DateTimeOffset ExpiresAt { get; } = expiresAt;

    /// <summary>Returns the method and the expiry, without the URL.</summary>
    /// <returns>Text that may be logged.</returns>
    public override string ToString() => $"(presigned {Method}, until {ExpiresAt:u})";
}
