using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.AspNetCore;

/// <summary>The host's own authorisation: whether it has any, and how it is asked where a token would do as well.</summary>
internal static class HostAuthorization
{
    // How ASP.NET Core's own endpoint middleware knows that the authorization middleware has run for this endpoint.
    private const string MiddlewareHasRun = "__AuthorizationMiddlewareWithEndpointInvoked";

    /// <summary>
    /// Whether the host has said who may request uploads: an authorisation policy, or AllowAnonymous in so many words. A fallback policy counts once it
    /// has let an authenticated user through.
    /// </summary>
    public static async ValueTask<bool> IsStatedAsync(HttpContext context)
    {
        var metadata = context.GetEndpoint()?.Metadata;
        if (metadata?.GetMetadata<IAllowAnonymous>() is not null || metadata?.GetMetadata<IAuthorizeData>() is not null)
            return true;
        // Where the middleware is missing, ASP.NET Core stops an [Authorize] itself, but not a lone requirement.
        if (metadata?.GetMetadata<IAuthorizationRequirementData>() is not null)
            return context.Items.ContainsKey(MiddlewareHasRun);
        return context.User.Identity?.IsAuthenticated == true
            && context.RequestServices.GetService<IAuthorizationPolicyProvider>() is { } policies
            && await policies.GetFallbackPolicyAsync().ConfigureAwait(false) is not null;
    }

    /// <summary>
    /// Content takes a read token <em>or</em> the host's authorisation, so the middleware must not insist on the latter: what the host required is
    /// moved aside, and asked only when there is no token.
    /// </summary>
    public static void MoveAside(EndpointBuilder endpoint)
    {
        var required = endpoint.Metadata.Where(item => item is IAuthorizeData or AuthorizationPolicy or IAuthorizationRequirementData).ToArray();
        foreach (var item in required)
            endpoint.Metadata.Remove(item);
        var open = endpoint.Metadata.Any(item => item is IAllowAnonymous);
        endpoint.Metadata.Add(new MovedAside(
            [.. required.OfType<IAuthorizeData>()], [.. required.OfType<AuthorizationPolicy>(), .. RequirementsOf(required)], open));
        // Else a fallback policy would step into the place of what was moved.
        if (!open)
            endpoint.Metadata.Add(new AllowAnonymousAttribute());
    }

    /// <summary>Whether the caller meets what the host required of this endpoint, or its fallback policy; false when it required nothing.</summary>
    public static async ValueTask<bool> IsMetAsync(HttpContext context)
    {
        var services = context.RequestServices;
        if (context.GetEndpoint()?.Metadata.GetMetadata<MovedAside>() is not { OpenToAll: false } required
            || services.GetService<IAuthorizationPolicyProvider>() is not { } policies)
            return false;
        var policy = await AuthorizationPolicy.CombineAsync(policies, required.Data, required.Policies).ConfigureAwait(false)
            ?? await policies.GetFallbackPolicyAsync().ConfigureAwait(false);
        if (policy is null)
            return false;
        var evaluator = services.GetRequiredService<IPolicyEvaluator>();
        var authentication = await evaluator.AuthenticateAsync(policy, context).ConfigureAwait(false);
        return (await evaluator.AuthorizeAsync(policy, authentication, context, context).ConfigureAwait(false)).Succeeded;
    }

    // As the authorization middleware does: what attributes require themselves comes on top of the named policies.
    private static IEnumerable<AuthorizationPolicy> RequirementsOf(IEnumerable<object> metadata)
    {
        var requirements = metadata.OfType<IAuthorizationRequirementData>().SelectMany(item => item.GetRequirements()).ToArray();
        return requirements.Length == 0 ? [] : [new AuthorizationPolicyBuilder().AddRequirements(requirements).Build()];
    }

    private sealed record MovedAside(IReadOnlyList<IAuthorizeData> Data, IReadOnlyList<AuthorizationPolicy> Policies, bool OpenToAll);
}
