using System.Security.Claims;
using DirectUpload.Primitives;

namespace DirectUpload;

/// <summary>Represents the caller who requests an upload, as the application has authenticated them.</summary>
/// <remarks>The values are stored with the upload, except for <see cref="User"/> and <see cref="MayAssociate"/>.</remarks>
public sealed class UploadCaller
{
    private const int MaxOwnerLength = 256;
    private const int MaxActorLength = 256;
    private const int MaxTraceLength = 512;

    /// <summary>Gets an anonymous caller.</summary>
    /// <value>A caller without an owner. All anonymous callers share one quota.</value>
    public static UploadCaller Anonymous { get; } = new();

    /// <summary>Gets the owner of the upload: a stable id of a user or tenant that no two users share.</summary>
    /// <value>
    /// 1 to 256 printable characters; null (the default) for an anonymous caller. A request with an invalid owner is refused
    /// (<see cref="UploadErrorCodes.NotAuthorized"/>). Use a hash of longer ids, such as LDAP distinguished names.
    /// </value>
    public string? Owner { get; init; }

    /// <summary>Gets the user or API client that acts for the owner, for audits only.</summary>
    /// <value>
    /// At most 256 characters; null (the default) or empty if the owner acts. Longer values are truncated; control, bidirectional and
    /// unassigned characters are replaced.
    /// </value>
    public string? Actor { get; init => field = AuditText.Clean(value, MaxActorLength); }

    /// <summary>
    /// Gets a value that indicates whether the application has verified that the caller may use the association of the request.
    /// </summary>
    /// <value>
    /// True if the code of the application chose or verified <see cref="UploadRequest.Association"/>; never set it from values of a client.
    /// The default is false: an authorizer or the profile must approve the association.
    /// </value>
    public bool MayAssociate { get; init; }

    /// <summary>Gets the user with their claims, for authorizers.</summary>
    /// <value>The user, which is never stored; null (the default) if the host provides none.</value>
    public ClaimsPrincipal? User { get; init; }

    /// <summary>Gets the network address of the client.</summary>
    /// <value>At most 512 characters; longer values are truncated. The default is null.</value>
    public string? RemoteAddress { get; init => field = AuditText.Clean(value, MaxTraceLength); }

    /// <summary>Gets the <c>User-Agent</c> header of the client.</summary>
    /// <value>At most 512 characters; longer values are truncated. The default is null.</value>
    public string? UserAgent { get; init => field = AuditText.Clean(value, MaxTraceLength); }

    /// <summary>Returns the error that prevents uploads from belonging to this caller.</summary>
    /// <returns>
    /// An error for the developer if the user is authenticated but has no <see cref="Owner"/>, or if the owner has characters that not
    /// every record store can store; otherwise null.
    /// </returns>
    public UploadError? FindOwnerError()
    {
        if (Owner is null)
        {
            return User?.Identities.Any(identity => identity.IsAuthenticated) == true
                ? CreateOwnerError("The user is authenticated, but none of its claims is a stable id, so the upload would have no owner.")
                : null;
        }

        if (Owner.Length is 0 or > MaxOwnerLength)
            return CreateOwnerError($"The owner's id has {Owner.Length} characters; 1 to {MaxOwnerLength} are allowed.");
        return AuditText.FindInvalidCharacter(Owner) is { } invalid
            ? CreateOwnerError($"The owner's id contains the character {invalid}, which not every record store can store.")
            : null;
    }

    private static UploadError CreateOwnerError(string what) => new(
        UploadErrorCodes.NotAuthorized,
        what + " The developer of the application must set DirectUploadEndpointOptions.OwnerResolver (in code: UploadCaller.Owner) "
            + "to a stable and unique id of each user, or to a hash of such an id.");
}
