using DirectUpload.AspNetCore.Authorization;
using DirectUpload.AspNetCore.Contract;
using DirectUpload.AspNetCore.Http;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.AspNetCore.Filters;

/// <summary>The endpoint filter that checks the host's authorization, then the request's origin.</summary>
/// <param name="endpoints">The mapping's options.</param>
/// <param name="refuse">Creates a refusal from status, code and detail, in the format that the endpoints' clients expect.</param>
internal sealed class AccessFilter(DirectUploadEndpointOptions endpoints, Func<int, string, string, IResult> refuse)
{
    /// <summary>Invokes the endpoint, or refuses the request.</summary>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        var demands = context.GetEndpoint()?.Metadata.GetMetadata<AccessRequirements>() ?? AccessRequirements.Default;
        if (!demands.TokenSuffices)
        {
            switch (await HostAuthorization.EvaluateAsync(context).ConfigureAwait(false))
            {
                case AuthorizationOutcome.NotConfigured when demands.MappingName is { } mapping:
                    return refuse(
                        Problems.ForbiddenStatus, ProblemCodes.Forbidden,
                        "The application has not said who may upload. Its developer adds .RequireAuthorization() (or " +
                        $".AllowAnonymous()) to {mapping}.");
                case AuthorizationOutcome.Unauthenticated:
                    await HostAuthorization.ChallengeAsync(context).ConfigureAwait(false);
                    return context.Response.HasStarted
                        ? Results.Empty
                        : refuse(Problems.UnauthorizedStatus, ProblemCodes.Unauthorized, "Sign in to the application first.");
                case AuthorizationOutcome.Forbidden:
                    return refuse(Problems.ForbiddenStatus, ProblemCodes.Forbidden, "This user is not allowed to do this.");
            }
        }

        if (demands.RequiresSameOrigin && await CrossSiteCheck.IsDeniedAsync(context, endpoints.PublicBaseAddress).ConfigureAwait(false))
        {
            return refuse(
                Problems.ForbiddenStatus, ProblemCodes.CrossSite,
                "The request comes from a page of another site. The application's developer allows that origin with a CORS policy with " +
                "credentials: the default policy, or one that .RequireCors(…) names for these endpoints.");
        }

        return await next(invocation).ConfigureAwait(false);
    }
}

/// <summary>The requirements of an endpoint for its callers.</summary>
/// <param name="TokenSuffices">
/// Whether a token or ticket is enough, so that the filter does not require the host's authorization. The endpoint may still evaluate it.
/// </param>
/// <param name="MappingName">
/// The mapping for which the developer must configure authorization; null where a token is required anyway.
/// </param>
/// <param name="RequiresSameOrigin">
/// Whether the request changes something for the user of the cookies, so that pages of other sites may not send it.
/// </param>
internal sealed record AccessRequirements(bool TokenSuffices = false, string? MappingName = null, bool RequiresSameOrigin = false)
{
    /// <summary>Gets the default requirement, which is the host's authorization.</summary>
    public static AccessRequirements Default { get; } = new();
}
