using DirectUpload.Uploads;

namespace DirectUpload.Profiles;

/// <summary>
/// The application's own say in each request for an upload, however it comes (HTTP API, Uppy, form, code): it sees profile, claims and user, and allows, refuses or narrows. It comes on top of the endpoint's
/// authorisation and of the profile's rules, never instead of them. Added by <c>AddAuthorizer&lt;T&gt;()</c>, or registered as a service of this type; each request makes its own instance, with its services from a scope of its own. Where there are
/// several, all must allow.
/// </summary>
public interface IUploadAuthorizer
{
    /// <summary>Decides one request, before anything is recorded or signed.</summary>
    /// <param name="context">Who wants what.</param>
    /// <param name="cancellationToken">The client has gone.</param>
    /// <returns>
    /// <see cref="UploadAuthorization.Allow"/>, <see cref="UploadAuthorization.Refuse"/>, or <see cref="UploadAuthorization.Within"/>; with <see cref="UploadAuthorization.WithAssociation"/> where the association was checked. One that can't decide throws: that counts as unavailable, not as a refusal.
    /// </returns>
    ValueTask<UploadAuthorization> AuthorizeAsync(UploadAuthorizationContext context, CancellationToken cancellationToken);
}

/// <summary>A request to be decided.</summary>
/// <param name="Profile">The profile it is under.</param>
/// <param name="Request">What the client claims, of the right shape, but not to be believed.</param>
/// <param name="Caller">Who asks; <see cref="UploadCaller.User"/> has their claims, where the host gave them.</param>
public sealed record UploadAuthorizationContext(UploadProfile Profile, UploadRequest Request, UploadCaller Caller);
