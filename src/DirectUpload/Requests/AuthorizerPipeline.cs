using DirectUpload.Primitives;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Requests;

/// <summary>
/// Calls the application's authorizers for a request, each once: those added to the builder and those registered as services.
/// </summary>
internal sealed class AuthorizerPipeline(
    IReadOnlyList<AuthorizerRegistration> steps, IgnoredRegistrations registrations, IServiceScopeFactory scopes)
{
    private readonly bool _hasServiceAuthorizers = registrations.HasUnkeyed<IUploadAuthorizer>();

    // Registrations by type are equal when their types are; instances and factories of one type may differ.
    private readonly bool _areRegisteredByType = registrations.GetUnkeyed<IUploadAuthorizer>()
        .All(descriptor => descriptor.ImplementationType is not null);

    /// <summary>Authorizes a request.</summary>
    /// <returns>The combined limits of all authorizers, or the refusal of the first that denies the request.</returns>
    public async ValueTask<(UploadAuthorization Limits, UploadError? Refusal)> AuthorizeAsync(
        UploadProfile profile, UploadRequest request, UploadCaller caller, CancellationToken cancellationToken)
    {
        var limits = UploadAuthorization.Allow;
        if (steps.Count == 0 && !_hasServiceAuthorizers)
            return (limits, null);
        var scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            var context = new UploadAuthorizationContext(profile, request, caller);
            foreach (var authorizer in GetAuthorizers(scope.ServiceProvider))
            {
                var decision = await authorizer.AuthorizeAsync(context, cancellationToken).ConfigureAwait(false);
                if (decision.DenialReason is { } refusal)
                    return (limits, new UploadError(UploadErrorCodes.NotAuthorized, refusal));
                if (limits.Association is { } one && decision.Association is { } other && one != other)
                {
                    return (limits, new UploadError(
                        UploadErrorCodes.NotAuthorized,
                        "Two of the application's authorizers approved different associations. "
                        + "The application must let only one authorizer set it."));
                }

                limits = limits.Intersect(decision);
            }
        }

        return (limits, null);
    }

    private IEnumerable<IUploadAuthorizer> GetAuthorizers(IServiceProvider services)
    {
        var called = new List<IUploadAuthorizer>();
        foreach (var step in steps)
        {
            var added = step.Create(services);
            called.Add(added);
            yield return added;
        }

        if (!_hasServiceAuthorizers)
            yield break;
        foreach (var registered in services.GetServices<IUploadAuthorizer>())
        {
            if (called.Exists(
                other => ReferenceEquals(other, registered) || (_areRegisteredByType && other.GetType() == registered.GetType())))
                continue;
            called.Add(registered);
            yield return registered;
        }
    }
}

/// <summary>Registers one of the application's authorizers, with a factory that takes the services of a scope.</summary>
internal sealed record AuthorizerRegistration(Func<IServiceProvider, IUploadAuthorizer> Create);
