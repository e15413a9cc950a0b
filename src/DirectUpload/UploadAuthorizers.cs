using DirectUpload.DependencyInjection;
using DirectUpload.Profiles;
using DirectUpload.Uploads;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload;

/// <summary>Asks the application's authorizers about a request: those added to the builder, and those registered as services, each once.</summary>
internal sealed class UploadAuthorizers(IReadOnlyList<AuthorizerStep> steps, PlainRegistrations registrations, IServiceScopeFactory scopes)
{
    private readonly bool _hasPlain = registrations.Has<IUploadAuthorizer>();

    // What is registered by its type alone is the same authorizer wherever that type stands; instances and factories may differ.
    private readonly bool _areTypes = registrations.Of<IUploadAuthorizer>().All(descriptor => descriptor.ImplementationType is not null);

    /// <summary>The limits that they set together, or why one of them refuses.</summary>
    public async ValueTask<(UploadLimits Limits, UploadError? Refusal)> AskAsync(UploadProfile profile, UploadRequest request, UploadCaller caller, CancellationToken cancellationToken)
    {
        var limits = UploadLimits.None;
        if (steps.Count == 0 && !_hasPlain)
            return (limits, null);
        var scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            var context = new UploadAuthorizationContext(profile, request, caller);
            foreach (var authorizer in All(scope.ServiceProvider))
            {
                var decision = await authorizer.AuthorizeAsync(context, cancellationToken).ConfigureAwait(false);
                if (decision.Refusal is { } refusal)
                    return (limits, new UploadError(UploadErrorReason.NotAuthorized, refusal));
                if (decision.Limits is not { } narrower)
                    continue;
                if (limits.Association is { } one && narrower.Association is { } other && one != other)
                    return (limits, new UploadError(UploadErrorReason.NotAuthorized, "Two of the application's authorizers approve different associations; its developer lets one of them decide."));
                limits = limits.And(narrower);
            }
        }

        return (limits, null);
    }

    private IEnumerable<IUploadAuthorizer> All(IServiceProvider services)
    {
        var asked = new List<IUploadAuthorizer>();
        foreach (var step in steps)
        {
            var added = step.Create(services);
            asked.Add(added);
            yield return added;
        }

        if (!_hasPlain)
            yield break;
        foreach (var registered in services.GetServices<IUploadAuthorizer>())
        {
            if (asked.Exists(other => ReferenceEquals(other, registered) || (_areTypes && other.GetType() == registered.GetType())))
                continue;
            asked.Add(registered);
            yield return registered;
        }
    }
}

/// <summary>One of the application's authorizers: how it is made from the services of a scope.</summary>
internal sealed record AuthorizerStep(Func<IServiceProvider, IUploadAuthorizer> Create);
