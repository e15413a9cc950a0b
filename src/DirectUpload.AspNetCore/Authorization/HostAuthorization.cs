using DirectUpload.AspNetCore.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.AspNetCore.Authorization;

/// <summary>
/// Evaluates the host's authorization in the endpoints instead of in the authorization middleware. So a refusal is a response of the API,
/// not a redirect to a sign-in page, and a token can replace the host's authorization where the endpoint allows it.
/// </summary>
internal static class HostAuthorization
{
    /// <summary>
    /// Lets the authorization middleware authenticate as the host requires, and leaves the decision to <see cref="EvaluateAsync"/>.
    /// </summary>
    public static void Defer(EndpointBuilder endpoint)
    {
        var open = endpoint.Metadata.Any(item => item is IAllowAnonymous);
        endpoint.Metadata.Add(new DeferredAuthorization(
            [.. endpoint.Metadata.OfType<IAuthorizeData>()],
            [.. endpoint.Metadata.OfType<AuthorizationPolicy>(), .. CreateRequirementPolicies(endpoint.Metadata)], open));
        if (!open)
            endpoint.Metadata.Add(new AllowAnonymousAttribute());
    }

    /// <summary>Determines whether the host has configured AllowAnonymous for an endpoint.</summary>
    public static bool AllowsAnonymous(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<DeferredAuthorization>()?.AllowsAnonymous == true;

    /// <summary>Evaluates the host's authorization of this endpoint, or the host's fallback policy without one.</summary>
    public static async ValueTask<AuthorizationOutcome> EvaluateAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<DeferredAuthorization>() is not { } required)
            return AuthorizationOutcome.NotConfigured;
        if (required.AllowsAnonymous)
            return AuthorizationOutcome.AnonymousAllowed;
        if (await GetPolicyAsync(context, required).ConfigureAwait(false) is not { } policy)
            return AuthorizationOutcome.NotConfigured;
        var evaluator = context.RequestServices.GetRequiredService<IPolicyEvaluator>();
        var authentication = await evaluator.AuthenticateAsync(policy, context).ConfigureAwait(false);
        var decided = await evaluator.AuthorizeAsync(policy, authentication, context, context).ConfigureAwait(false);
        if (decided.Succeeded)
        {
            // A fallback policy that admits anonymous users is no decision about uploads.
            return required.IsEmpty && context.User.Identity?.IsAuthenticated != true
                ? AuthorizationOutcome.NotConfigured
                : AuthorizationOutcome.Authorized;
        }

        return decided.Challenged ? AuthorizationOutcome.Unauthenticated : AuthorizationOutcome.Forbidden;
    }

    /// <summary>
    /// Sets the headers of an authentication challenge (<c>WWW-Authenticate</c>), without the redirect and the cookies of the host's
    /// schemes.
    /// </summary>
    public static async Task ChallengeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<DeferredAuthorization>() is not { } required
            || await GetPolicyAsync(context, required).ConfigureAwait(false) is not { } policy)
            return;
        var (response, cookies) = (context.Response, context.Response.Headers.SetCookie);
        try
        {
            foreach (var scheme in policy.AuthenticationSchemes.Count > 0 ? policy.AuthenticationSchemes : [null!])
                await context.ChallengeAsync(scheme).ConfigureAwait(false);
        }
        catch (Exception unable) when (unable is not OperationCanceledException)
        {
            // No scheme can challenge, or its identity provider is unavailable: the refusal is sent without a challenge.
        }

        if (response.HasStarted)
            return;
        response.Headers.Remove("Location");
        response.Headers.SetCookie = cookies;
        response.StatusCode = HttpStatus.Ok;
    }

    private static async ValueTask<AuthorizationPolicy?> GetPolicyAsync(HttpContext context, DeferredAuthorization required) =>
        context.RequestServices.GetService<IAuthorizationPolicyProvider>() is { } policies
            ? await AuthorizationPolicy.CombineAsync(policies, required.Data, required.Policies).ConfigureAwait(false)
                ?? await policies.GetFallbackPolicyAsync().ConfigureAwait(false)
            : null;

    // As in the authorization middleware, requirements of attributes are added to the named policies.
    private static IEnumerable<AuthorizationPolicy> CreateRequirementPolicies(IEnumerable<object> metadata)
    {
        var requirements = metadata.OfType<IAuthorizationRequirementData>().SelectMany(item => item.GetRequirements()).ToArray();
        return requirements.Length == 0 ? [] : [new AuthorizationPolicyBuilder().AddRequirements(requirements).Build()];
    }

    private sealed record DeferredAuthorization(
        IReadOnlyList<IAuthorizeData> Data, IReadOnlyList<AuthorizationPolicy> Policies, bool AllowsAnonymous)
    {
        public bool IsEmpty => Data.Count == 0 && Policies.Count == 0;
    }
}

/// <summary>The results of evaluating the host's authorization.</summary>
internal enum AuthorizationOutcome
{
    /// <summary>The host has configured neither a policy nor AllowAnonymous.</summary>
    NotConfigured,

    /// <summary>The host has configured AllowAnonymous.</summary>
    AnonymousAllowed,

    /// <summary>The caller meets the host's requirements.</summary>
    Authorized,

    /// <summary>The caller must sign in first.</summary>
    Unauthenticated,

    /// <summary>The caller is signed in, but does not meet the host's requirements.</summary>
    Forbidden,
}
