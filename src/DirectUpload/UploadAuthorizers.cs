using DirectUpload.Profiles;
using DirectUpload.Uploads;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload;

/// <summary>Asks the application's authorizers about a request.</summary>
internal sealed class UploadAuthorizers(IReadOnlyList<AuthorizerStep> steps, IServiceScopeFactory scopes)
{
    /// <summary>The limits that they set together, or why one of them refuses.</summary>
    public async ValueTask<(UploadLimits Limits, UploadError? Refusal)> AskAsync(UploadProfile profile, UploadRequest request, UploadCaller caller, CancellationToken cancellationToken)
    {
        var limits = UploadLimits.None;
        if (steps.Count == 0)
            return (limits, null);
        var scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            var context = new UploadAuthorizationContext(profile, request, caller);
            foreach (var step in steps)
            {
                var said = await step.Create(scope.ServiceProvider).AuthorizeAsync(context, cancellationToken).ConfigureAwait(false);
                if (said.Refusal is { } refusal)
                    return (limits, new UploadError(UploadErrorReason.NotAuthorized, refusal));
                limits = limits.And(said.Limits ?? UploadLimits.None);
            }
        }

        return (limits, null);
    }
}

/// <summary>One of the application's authorizers: how it is made from the services of a scope.</summary>
internal sealed record AuthorizerStep(Func<IServiceProvider, IUploadAuthorizer> Create);
