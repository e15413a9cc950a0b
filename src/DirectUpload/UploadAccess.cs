using DirectUpload.Primitives;
using DirectUpload.Stores;

namespace DirectUpload;

/// <summary>Specifies the rights with which a call accesses an upload.</summary>
/// <remarks>The default value grants no access.</remarks>
/// <example>
/// <code>
/// var url = await uploads.CreateDownloadUrlAsync(id, UploadAccess.Owner(userId));
///
/// var content = await uploads.OpenReadAsync(id, UploadAccess.Application, variant: "thumbnail.webp");
/// </code>
/// </example>
public readonly struct UploadAccess
{
    private UploadAccess(AccessKind kind, UploadToken? token = null, string? owner = null, UploadRecord? known = null) =>
        (Kind, Token, OwnerName, Known) = (kind, token, owner, known);

    /// <summary>Gets the access of a client that the application has authorized itself.</summary>
    /// <value>The rights of the client, without a check of a token.</value>
    public static UploadAccess Client => new(AccessKind.Client);

    /// <summary>Gets the access of the application itself.</summary>
    /// <value>All rights, without a check of a token.</value>
    public static UploadAccess Application => new(AccessKind.Application);

    /// <summary>Gets the access of a person or a service that decides about uploads, and that the application has authorized.</summary>
    /// <value>
    /// The right to read any upload, and the content of one that waits for a decision. Never pass content that was read with it to the
    /// users of the application.
    /// </value>
    /// <remarks>See <see cref="IDirectUploadService.CompleteProcessingAsync"/>.</remarks>
    public static UploadAccess Reviewer => new(AccessKind.Reviewer);

    internal AccessKind Kind { get; }

    internal UploadToken? Token { get; }

    internal string? OwnerName { get; }

    internal UploadRecord? Known { get; }

    /// <summary>Converts a token to an access with the rights of the token.</summary>
    /// <param name="token">The write token, for the rights of the client, or the read token, for reading only.</param>
    /// <returns>The access.</returns>
    public static implicit operator UploadAccess(UploadToken token) => FromToken(token);

    /// <summary>Creates an access with the rights of a token.</summary>
    /// <param name="token">The write token, for the rights of the client, or the read token, for reading only.</param>
    /// <returns>The access.</returns>
    public static UploadAccess FromToken(UploadToken token) => new(AccessKind.Token, token);

    /// <summary>Creates an access that requires the write token, for reading too.</summary>
    /// <param name="token">The write token. The read token grants no access.</param>
    /// <returns>The access, with the rights of the client.</returns>
    public static UploadAccess WriteToken(UploadToken token) => new(AccessKind.WriteToken, token);

    /// <summary>Creates an access to the uploads of one owner, whom the application has authenticated.</summary>
    /// <param name="owner">The owner, as in <see cref="UploadCaller.Owner"/>.</param>
    /// <returns>The access, with the rights of the client; uploads of other owners are not found.</returns>
    /// <exception cref="ArgumentException"><paramref name="owner"/> is null or empty.</exception>
    public static UploadAccess Owner(string owner)
    {
        ArgumentException.ThrowIfNullOrEmpty(owner);
        return new(AccessKind.Owner, owner: owner);
    }

    /// <summary>Creates an access with the same rights whose next call does not read the record of an upload again.</summary>
    /// <param name="upload">The upload, as the service has just returned it.</param>
    /// <returns>The access.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="upload"/> is null.</exception>
    public UploadAccess For(Upload upload)
    {
        ArgumentNullException.ThrowIfNull(upload);
        return new(Kind, Token, OwnerName, upload.Record);
    }

    /// <summary>Returns the kind of access, without the token.</summary>
    /// <returns>A text without secrets, for logs.</returns>
    public override string ToString() => $"(access: {Kind})";
}
