using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.AspNetCore;

/// <summary>
/// Tells requests that a page of another site sends with the user's cookies from the application's own. A page of another subdomain counts as another site: cookies don't keep it out.
/// </summary>
/// <remarks>Source: https://www.w3.org/TR/fetch-metadata/</remarks>
internal static class CrossSite
{
    /// <summary>Whether a page of another origin sends this, and the host's CORS policy does not admit that origin.</summary>
    public static async ValueTask<bool> IsRefusedAsync(HttpContext context, Uri? publicBaseAddress) =>
        IsForeign(context.Request, publicBaseAddress) && !HasTokenOfItsOwn(context.Request) && !await IsAdmittedAsync(context).ConfigureAwait(false);

    /// <summary>Whether a page of another origin sends this. Clients that are no browsers send none of these headers.</summary>
    public static bool IsForeign(HttpRequest request, Uri? publicBaseAddress)
    {
        if (request.Headers["Sec-Fetch-Site"] is { Count: > 0 } site)
            return site.ToString() is not ("same-origin" or "none");
        if (request.Headers.Origin is { Count: > 0 } origin)
            return !IsOwn(request, origin.ToString(), publicBaseAddress);
        return request.Headers.Referer is { Count: > 0 } referer && !IsOwn(request, referer.ToString(), publicBaseAddress);
    }

    // The scheme is left out: behind a proxy the application does not know its own. A browser that is old enough to get here sends the host.
    private static bool IsOwn(HttpRequest request, string address, Uri? publicBaseAddress) =>
        Uri.TryCreate(address, UriKind.Absolute, out var page)
        && (string.Equals(page.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase)
            || (publicBaseAddress is not null && string.Equals(page.Authority, publicBaseAddress.Authority, StringComparison.OrdinalIgnoreCase)));

    // No browser adds these by itself, and no page of another origin can without asking first (CORS preflight).
    private static bool HasTokenOfItsOwn(HttpRequest request) =>
        request.Headers.Authorization.ToString() is { } credentials
        && (credentials.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) || credentials.StartsWith("DPoP ", StringComparison.OrdinalIgnoreCase));

    private static async ValueTask<bool> IsAdmittedAsync(HttpContext context)
    {
        if (context.Request.Headers.Origin is not [{ Length: > 0 } origin] || await PolicyAsync(context).ConfigureAwait(false) is not { } policy)
            return false;
        // A policy for everybody is not meant for a user's cookies, and browsers do not show such a page the answer; but they do send the request.
        return (policy.SupportsCredentials || !HasAmbientCredentials(context)) && (policy.AllowAnyOrigin || policy.IsOriginAllowed(origin));
    }

    private static bool HasAmbientCredentials(HttpContext context) =>
        context.Request.Headers.Cookie.Count > 0 || context.Request.Headers.Authorization.Count > 0 || context.User.Identity?.IsAuthenticated == true;

    private static async ValueTask<CorsPolicy?> PolicyAsync(HttpContext context)
    {
        var provider = context.RequestServices.GetService<ICorsPolicyProvider>();
        return context.GetEndpoint()?.Metadata.GetMetadata<ICorsMetadata>() switch
        {
            IDisableCorsAttribute => null,
            ICorsPolicyMetadata stated => stated.Policy,
            IEnableCorsAttribute named => provider is null ? null : await provider.GetPolicyAsync(context, named.PolicyName).ConfigureAwait(false),
            _ => provider is null ? null : await provider.GetPolicyAsync(context, policyName: null).ConfigureAwait(false),
        };
    }
}
