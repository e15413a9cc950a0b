using Microsoft.AspNetCore.Http;

namespace DirectUpload.AspNetCore;

/// <summary>Stands before every endpoint: the host's authorization, then the request's origin.</summary>
/// <param name="endpoints">The mapping's options.</param>
/// <param name="refuse">Writes a refusal as the endpoints' clients know it: status, code, sentence.</param>
internal sealed class Gate(DirectUploadEndpointOptions endpoints, Func<int, string, string, IResult> refuse)
{
    /// <summary>Answers the call, or refuses it.</summary>
    public async ValueTask<object?> AnswerAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        var demands = context.GetEndpoint()?.Metadata.GetMetadata<Demands>() ?? Demands.Usual;
        if (!demands.TokenSuffices)
        {
            switch (await HostAuthorization.DecideAsync(context).ConfigureAwait(false))
            {
                case Admission.NotStated when demands.Statement is { } mapping:
                    return refuse(403, "forbidden", $"The application has not said who may upload. Its developer adds .RequireAuthorization() (or .AllowAnonymous()) to {mapping}.");
                case Admission.SignInMissing:
                    await HostAuthorization.ChallengeAsync(context).ConfigureAwait(false);
                    return context.Response.HasStarted ? Results.Empty : refuse(401, "unauthorized", "Sign in to the application first.");
                case Admission.Forbidden:
                    return refuse(403, "forbidden", "This user is not allowed to do this.");
            }
        }

        if (demands.OwnOrigin && await CrossSite.IsRefusedAsync(context, endpoints.PublicBaseAddress).ConfigureAwait(false))
        {
            return refuse(
                403, "cross-site",
                "The request comes from a page of another site. Its developer lets that origin in by a CORS policy with credentials: the default policy, or one that .RequireCors(…) names for these endpoints.");
        }

        return await next(invocation).ConfigureAwait(false);
    }
}

/// <summary>What an endpoint demands of a caller.</summary>
/// <param name="TokenSuffices">Whether a token or ticket is enough, so that the endpoint asks for the host's authorization by itself, or not at all.</param>
/// <param name="Statement">The mapping whose developer must have said who may call; null where a token is demanded anyway.</param>
/// <param name="OwnOrigin">Whether the call changes something for the user whom cookies name, so that pages of other sites may not send it.</param>
internal sealed record Demands(bool TokenSuffices = false, string? Statement = null, bool OwnOrigin = false)
{
    /// <summary>The host's authorization.</summary>
    public static Demands Usual { get; } = new();
}
