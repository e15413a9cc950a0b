using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.AspNetCore;

/// <summary>
/// The host's own authorization. It is asked by the endpoints themselves, not by the authorization middleware: only so a refusal is an answer of the API, never a redirect to a sign-in page, and a token can do
/// instead where one may.
/// </summary>
internal static class HostAuthorization
{
    /// <summary>
    /// Lets the authorization middleware authenticate as the host requires, but leaves the decision to <see cref="DecideAsync"/>.
    /// </summary>
    public static void MoveAside(EndpointBuilder endpoint)
    {
        var open = endpoint.Metadata.Any(item => item is IAllowAnonymous);
        endpoint.Metadata.Add(new Required(
            [.. endpoint.Metadata.OfType<IAuthorizeData>()], [.. endpoint.Metadata.OfType<AuthorizationPolicy>(), .. RequirementsOf(endpoint.Metadata)], open));
        if (!open)
            endpoint.Metadata.Add(new AllowAnonymousAttribute());
    }

    /// <summary>Decides whether the caller meets what the host required of this endpoint, or else the host's fallback policy.</summary>
    public static async ValueTask<Admission> DecideAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<Required>() is not { } required)
            return Admission.NotStated;
        if (required.OpenToAll)
            return Admission.Open;
        if (await PolicyAsync(context, required).ConfigureAwait(false) is not { } policy)
            return Admission.NotStated;
        var evaluator = context.RequestServices.GetRequiredService<IPolicyEvaluator>();
        var authentication = await evaluator.AuthenticateAsync(policy, context).ConfigureAwait(false);
        var decided = await evaluator.AuthorizeAsync(policy, authentication, context, context).ConfigureAwait(false);
        if (decided.Succeeded)
        {
            // A fallback policy that lets strangers through says nothing about uploads.
            return required.IsEmpty && context.User.Identity?.IsAuthenticated != true ? Admission.NotStated : Admission.Granted;
        }

        return decided.Challenged ? Admission.SignInMissing : Admission.Forbidden;
    }

    /// <summary>
    /// Sets the headers by which clients sign in (<c>WWW-Authenticate</c>), and nothing else of what the host's schemes would answer: no redirect, no cookie.
    /// </summary>
    public static async Task ChallengeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<Required>() is not { } required || await PolicyAsync(context, required).ConfigureAwait(false) is not { } policy)
            return;
        var (response, cookies) = (context.Response, context.Response.Headers.SetCookie);
        try
        {
            foreach (var scheme in policy.AuthenticationSchemes.Count > 0 ? policy.AuthenticationSchemes : [null!])
                await context.ChallengeAsync(scheme).ConfigureAwait(false);
        }
        catch (Exception unable) when (unable is not OperationCanceledException)
        {
            // No scheme can challenge, or its identity provider is unavailable: the refusal stands by itself.
        }

        if (response.HasStarted)
            return;
        response.Headers.Remove("Location");
        response.Headers.SetCookie = cookies;
        response.StatusCode = Status.Ok;
    }

    private static async ValueTask<AuthorizationPolicy?> PolicyAsync(HttpContext context, Required required) =>
        context.RequestServices.GetService<IAuthorizationPolicyProvider>() is { } policies
            ? await AuthorizationPolicy.CombineAsync(policies, required.Data, required.Policies).ConfigureAwait(false) ?? await policies.GetFallbackPolicyAsync().ConfigureAwait(false)
            : null;

    // As the authorization middleware does: what attributes require themselves comes on top of the named policies.
    private static IEnumerable<AuthorizationPolicy> RequirementsOf(IEnumerable<object> metadata)
    {
        var requirements = metadata.OfType<IAuthorizationRequirementData>().SelectMany(item => item.GetRequirements()).ToArray();
        return requirements.Length == 0 ? [] : [new AuthorizationPolicyBuilder().AddRequirements(requirements).Build()];
    }

    private sealed record Required(IReadOnlyList<IAuthorizeData> Data, IReadOnlyList<AuthorizationPolicy> Policies, bool OpenToAll)
    {
        public bool IsEmpty => Data.Count == 0 && Policies.Count == 0;
    }
}

/// <summary>What the host's authorization has decided about a call.</summary>
internal enum Admission
{
    /// <summary>The host has not said who may call: neither a policy nor AllowAnonymous.</summary>
    NotStated,

    /// <summary>Everybody may call: AllowAnonymous.</summary>
    Open,

    /// <summary>The host requires something of its callers, and this one has it.</summary>
    Granted,

    /// <summary>The caller has to sign in first.</summary>
    SignInMissing,

    /// <summary>The caller is signed in, and may not call.</summary>
    Forbidden,
}
