using DirectUpload.Stores;

namespace DirectUpload;

/// <summary>Contains the result of a successful request: the new upload, its tokens and the signed instructions.</summary>
/// <remarks>The tokens cannot be read again later, because the library stores only their hashes.</remarks>
/// <param name="upload">The new upload.</param>
/// <param name="writeToken">The write token.</param>
/// <param name="readToken">The read token.</param>
/// <param name="instructions">The signed instructions.</param>
public sealed class UploadGrant(Upload upload, UploadToken writeToken, UploadToken readToken, UploadInstructions instructions)
{
    /// <summary>Gets the new upload.</summary>
    /// <value>The upload, with the status <see cref="UploadStatus.Requested"/>.</value>
    public Upload Upload { get; } = upload;

    /// <summary>Gets the write token, which authorizes a client to confirm, abort and delete the upload.</summary>
    /// <value>A secret for the client that uploads; do not share it.</value>
    public UploadToken WriteToken { get; } = writeToken;

    /// <summary>Gets the read token, which authorizes a client to read status and content.</summary>
    /// <value>A secret that the client may share with readers.</value>
    public UploadToken ReadToken { get; } = readToken;

    /// <summary>Gets the signed instructions for sending the file to storage.</summary>
    /// <value>The instructions, which are a secret until they expire.</value>
    public UploadInstructions Instructions { get; } = instructions;

    /// <summary>Gets the stored record.</summary>
    internal UploadRecord Record => Upload.Record!;

    /// <summary>Returns the id, the method and the expiry, without tokens and signatures.</summary>
    /// <returns>A text without secrets, for logs.</returns>
    public override string ToString() => $"(grant of upload {Upload.Id} by {Instructions.Method}, until {Instructions.ExpiresAt:u})";
}
