using System.Security.Claims;

namespace DirectUpload.Uploads;

/// <summary>Who is asking, as the host has authenticated them; recorded with the upload.</summary>
public sealed record UploadCaller
{
    private const int LongestOwner = 256;
    private const int LongestActor = 256;
    private const int LongestTrace = 512;

    /// <summary>A caller of whom nothing is known. Anonymous callers share one quota.</summary>
    public static UploadCaller Anonymous { get; } = new();

    /// <summary>Gets whom the upload will belong to: a stable id (user, tenant) that no two users share; null when anonymous.</summary>
    /// <value>1 to 256 printable characters; a request by any other owner is refused (<see cref="UploadErrorReason.NotAuthorized"/>). Hash what is longer, such as an LDAP distinguished name.</value>
    public string? Owner { get; init; }

    /// <summary>Gets who acts, when that is not the owner (a clerk, an API client); null means the owner. For the audit only.</summary>
    /// <value>At most 256 characters: what is longer is cut off, and control, bidirectional and unassigned characters are replaced. An empty text counts as null.</value>
    public string? Actor { get; init => field = AuditText.Clean(value, LongestActor); }

    /// <summary>
    /// Gets a value that indicates whether the application has checked that this caller may attach an upload to the <see cref="UploadRequest.Association"/> of the request. Set it where your own code chose or checked the
    /// association; never from what a client sent.
    /// </summary>
    /// <value>Default false: an authorizer must approve the association, or the profile must leave it to clients.</value>
    public bool MayAssociate { get; init; }

    /// <summary>The host's user with their claims, for authorizers; never recorded. Null where the host gives none.</summary>
    public ClaimsPrincipal? User { get; init; }

    /// <summary>The network address that the request came from. What is longer than 512 characters is cut off.</summary>
    public string? RemoteAddress { get; init => field = AuditText.Clean(value, LongestTrace); }

    /// <summary>The client's User-Agent. What is longer than 512 characters is cut off.</summary>
    public string? UserAgent { get; init => field = AuditText.Clean(value, LongestTrace); }

    /// <summary>
    /// Finds out why uploads can't belong to this caller: its user is authenticated and has no <see cref="Owner"/>, or the owner is not a text that every store keeps. Null when they can.
    /// </summary>
    /// <returns>A refusal for the developer, or null.</returns>
    public UploadError? FindOwnerFault()
    {
        if (Owner is null)
        {
            return User?.Identities.Any(identity => identity.IsAuthenticated) == true
                ? Refused("The user is authenticated, but none of its claims is a stable id, so the upload would have no owner.")
                : null;
        }

        if (Owner.Length is 0 or > LongestOwner)
            return Refused($"The owner's id has {Owner.Length} characters; 1 to {LongestOwner} are possible.");
        return AuditText.FindUnfit(Owner) is { } unfit ? Refused($"The owner's id holds the character {unfit}, which not every store keeps.") : null;
    }

    private static UploadError Refused(string what) => new(
        UploadErrorReason.NotAuthorized,
        what + " The application's developer sets DirectUploadEndpointOptions.Owner (in code: UploadCaller.Owner) to a stable and unique id of each user, or to a hash of one.");
}
