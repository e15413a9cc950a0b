using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.AspNetCore.Authorization;

/// <summary>
/// Detects requests that a page of another site sends with the user's cookies. A page of another subdomain counts as another site, because
/// SameSite cookies do not exclude it.
/// </summary>
/// <remarks>Source: https://www.w3.org/TR/fetch-metadata/</remarks>
internal static class CrossSiteCheck
{
    /// <summary>
    /// Determines whether a page of another origin sends the request, and the host's CORS policy does not allow that origin.
    /// </summary>
    public static async ValueTask<bool> IsDeniedAsync(HttpContext context, Uri? publicBaseAddress) =>
        IsCrossOrigin(context.Request, publicBaseAddress) && !HasBearerToken(context.Request)
        && !await IsAllowedByCorsAsync(context).ConfigureAwait(false);

    /// <summary>
    /// Determines whether a page of another origin sends the request. Clients other than browsers do not send these headers.
    /// </summary>
    public static bool IsCrossOrigin(HttpRequest request, Uri? publicBaseAddress)
    {
        if (request.Headers["Sec-Fetch-Site"] is { Count: > 0 } site)
            return site.ToString() is not ("same-origin" or "none");
        if (request.Headers.Origin is { Count: > 0 } origin)
            return !IsSameHost(request, origin.ToString(), publicBaseAddress);
        return request.Headers.Referer is { Count: > 0 } referer && !IsSameHost(request, referer.ToString(), publicBaseAddress);
    }

    // The scheme is not compared, because an application behind a proxy does not know its own. Old browsers, which get here, send the host.
    private static bool IsSameHost(HttpRequest request, string address, Uri? publicBaseAddress) =>
        Uri.TryCreate(address, UriKind.Absolute, out var page)
        && (string.Equals(page.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase)
            || (publicBaseAddress is not null
                && string.Equals(page.Authority, publicBaseAddress.Authority, StringComparison.OrdinalIgnoreCase)));

    // Browsers do not add these by themselves, and a page of another origin can add them only after a CORS preflight.
    private static bool HasBearerToken(HttpRequest request) =>
        request.Headers.Authorization.ToString() is { } credentials
        && (credentials.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            || credentials.StartsWith("DPoP ", StringComparison.OrdinalIgnoreCase));

    private static async ValueTask<bool> IsAllowedByCorsAsync(HttpContext context)
    {
        if (context.Request.Headers.Origin is not [{ Length: > 0 } origin]
            || await GetPolicyAsync(context).ConfigureAwait(false) is not { } policy)
            return false;
        // A policy for every origin does not cover cookies. Browsers hide the response from such a page, but they do send the request.
        return (policy.SupportsCredentials || !HasAmbientCredentials(context)) && (policy.AllowAnyOrigin || policy.IsOriginAllowed(origin));
    }

    private static bool HasAmbientCredentials(HttpContext context) =>
        context.Request.Headers.Cookie.Count > 0 || context.Request.Headers.Authorization.Count > 0
        || context.User.Identity?.IsAuthenticated == true;

    private static async ValueTask<CorsPolicy?> GetPolicyAsync(HttpContext context)
    {
        var provider = context.RequestServices.GetService<ICorsPolicyProvider>();
        return context.GetEndpoint()?.Metadata.GetMetadata<ICorsMetadata>() switch
        {
            IDisableCorsAttribute => null,
            ICorsPolicyMetadata stated => stated.Policy,
            IEnableCorsAttribute named =>
                provider is null ? null : await provider.GetPolicyAsync(context, named.PolicyName).ConfigureAwait(false),
            _ => provider is null ? null : await provider.GetPolicyAsync(context, policyName: null).ConfigureAwait(false),
        };
    }
}
