namespace DirectUpload;

/// <summary>Decides whether a caller may request an upload, and within which limits.</summary>
/// <remarks>
/// <para>
/// Authorizers are called for every request: from the HTTP API, Uppy, HTML forms and code. They see the profile, the request and the user.
/// They apply in addition to the authorization of the endpoint and the rules of the profile, and never replace them. If there are several
/// authorizers, all must allow the request.
/// </para>
/// <para>
/// Add an authorizer with <c>AddAuthorizer&lt;T&gt;()</c>, or register it as a service of this type. Each request has an instance of its
/// own, with services from a scope of its own.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// public sealed class PlanAuthorizer : IUploadAuthorizer
/// {
///     public ValueTask&lt;UploadAuthorization&gt; AuthorizeAsync(
///         UploadAuthorizationContext context, CancellationToken cancellationToken) =&gt;
///         ValueTask.FromResult(context.Caller.User?.FindFirstValue("plan") switch
///         {
///             "pro" =&gt; UploadAuthorization.Allow,
///             "free" =&gt; new UploadAuthorization { MaxSize = 10_000_000, MaxStoredBytesPerOwner = 1_000_000_000 },
///             _ =&gt; UploadAuthorization.Deny("Choose a plan first."),
///         });
/// }
/// </code>
/// </example>
public interface IUploadAuthorizer
{
    /// <summary>Decides about a request before anything is stored or signed.</summary>
    /// <remarks>
    /// If the authorizer cannot decide, it throws an exception: the request is then answered as unavailable, not as denied.
    /// </remarks>
    /// <param name="context">The profile, the request and the caller.</param>
    /// <param name="cancellationToken">Cancels the operation when the client disconnects.</param>
    /// <returns>
    /// <see cref="UploadAuthorization.Allow"/>; a new <see cref="UploadAuthorization"/> with limits or an approved association; or
    /// <see cref="UploadAuthorization.Deny"/>.
    /// </returns>
    ValueTask<UploadAuthorization> AuthorizeAsync(UploadAuthorizationContext context, CancellationToken cancellationToken);
}

/// <summary>Contains the request that an <see cref="IUploadAuthorizer"/> decides about.</summary>
/// <param name="profile">The profile of the request.</param>
/// <param name="request">The request, as the client declared it.</param>
/// <param name="caller">The caller.</param>
public sealed class UploadAuthorizationContext(UploadProfile profile, UploadRequest request, UploadCaller caller)
{
    /// <summary>Gets the profile of the request.</summary>
    /// <value>The profile whose rules apply.</value>
    public UploadProfile Profile { get; } = profile;

    /// <summary>Gets the request, as the client declared it.</summary>
    /// <value>A well-formed request; its values are not verified, so do not trust them.</value>
    public UploadRequest Request { get; } = request;

    /// <summary>Gets the caller.</summary>
    /// <value>The caller; <see cref="UploadCaller.User"/> contains the claims, if the host provides them.</value>
    public UploadCaller Caller { get; } = caller;
}
