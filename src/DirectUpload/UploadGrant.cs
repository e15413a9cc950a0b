using DirectUpload.Uploads;

namespace DirectUpload;

/// <summary>What a client gets for its request: where to send the bytes, and the tokens for everything after. Nobody can ask for it twice.</summary>
/// <param name="Record">The new record.</param>
/// <param name="WriteToken">Confirms and aborts. For the uploader only.</param>
/// <param name="ReadToken">Reads status and content. May be handed on.</param>
/// <param name="Instructions">The presigned request.</param>
public sealed record UploadGrant(UploadRecord Record, UploadToken WriteToken, UploadToken ReadToken, UploadInstructions Instructions)
{
    /// <summary>Without what is secret: it may be logged.</summary>
    public override string ToString() => $"(grant of upload {Record.Id} by {Instructions.Method}, until {Instructions.ExpiresAt:u})";
}

/// <summary>How to send the bytes: exactly so, for everything in it is signed.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Url">Where to; empty for an upload in parts.</param>
/// <param name="Headers">The headers to set, for a PUT; empty for a POST.</param>
/// <param name="Fields">The form's fields, for a POST, in order; the file follows them as <c>file</c>. Empty for a PUT.</param>
/// <param name="ExpiresAt">When storage stops accepting it, in UTC.</param>
public sealed record UploadInstructions(
    UploadMethod Method,
    string Url,
    IReadOnlyDictionary<string, string> Headers,
    IReadOnlyDictionary<string, string> Fields,
    DateTimeOffset ExpiresAt)
{
    /// <summary>How the file is cut, and where its first parts go; null when it is sent in one piece.</summary>
    public MultipartInstructions? Multipart { get; init; }

    /// <summary>Without what is secret: it may be logged.</summary>
    public override string ToString() => $"(presigned {Method}, until {ExpiresAt:u})";
}
