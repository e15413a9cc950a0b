namespace DirectUpload.Signing;

/// <summary>A presigned request: send <see cref="Method"/> to <see cref="Url"/> with exactly <see cref="Headers"/>.</summary>
/// <param name="Method">The HTTP method: <c>PUT</c>, <c>GET</c> and so on.</param>
/// <param name="Url">The URL, signature included. A secret until it expires.</param>
/// <param name="Headers">Every header that the client must set, exactly so. <c>Host</c> and <c>Content-Length</c> are the client's own.</param>
/// <param name="ExpiresAt">When storage stops accepting it, in UTC: earlier than asked when the credentials end sooner.</param>
public sealed record PresignedUrl(string Method, string Url, IReadOnlyDictionary<string, string> Headers, DateTimeOffset ExpiresAt)
{
    /// <summary>Without what is secret: it may be logged.</summary>
    public override string ToString() => $"(presigned {Method}, until {ExpiresAt:u})";
}

/// <summary>Presigned PUTs of a multipart upload's parts.</summary>
/// <param name="FirstPart">The number of the part that the first URL is for; the following URLs are for the following parts.</param>
/// <param name="Urls">The URLs, signatures included. Secrets until they expire.</param>
/// <param name="ExpiresAt">When storage stops accepting them, in UTC: earlier than asked when the credentials end sooner.</param>
public sealed record PresignedParts(int FirstPart, IReadOnlyList<string> Urls, DateTimeOffset ExpiresAt)
{
    /// <summary>Without what is secret: it may be logged.</summary>
    public override string ToString() => $"({Urls.Count} presigned parts from {FirstPart}, until {ExpiresAt:u})";
}

/// <summary>A POST policy with its form: send <see cref="Fields"/>, then the file as the field <c>file</c>, last.</summary>
/// <param name="Url">The form's action; it always ends in a slash.</param>
/// <param name="Fields">Every field of the form, in the order to be sent; policy and signature are among them.</param>
/// <param name="ExpiresAt">When storage stops accepting it, in UTC: earlier than asked when the credentials end sooner.</param>
public sealed record PresignedPost(string Url, IReadOnlyDictionary<string, string> Fields, DateTimeOffset ExpiresAt)
{
    /// <summary>Without what is secret: it may be logged.</summary>
    public override string ToString() => $"(presigned POST, until {ExpiresAt:u})";
}
