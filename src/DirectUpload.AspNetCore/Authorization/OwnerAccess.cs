using DirectUpload.AspNetCore.Http;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.AspNetCore.Authorization;

/// <summary>Finds the owner who may read uploads without a token, because the host's authorization admits the request.</summary>
internal static class OwnerAccess
{
    /// <summary>Finds the signed-in owner for a call that has no token, or the refusal.</summary>
    /// <remarks>Endpoints that admit anonymous callers admit signed-in users too, and their uploads have an owner.</remarks>
    public static async ValueTask<(string? Owner, IResult? Refusal)> FindSignedInAsync(
        HttpContext context, DirectUploadEndpointOptions options)
    {
        var outcome = await HostAuthorization.EvaluateAsync(context).ConfigureAwait(false);
        var isSignedIn = outcome == AuthorizationOutcome.Authorized
            || (outcome == AuthorizationOutcome.AnonymousAllowed && context.User.Identity?.IsAuthenticated == true);
        var caller = isSignedIn ? CallerFactory.Create(context, options) : null;
        if (caller?.FindOwnerError() is { } ownerless)
            return (null, Problems.From(ownerless));
        return caller?.Owner is { } owner ? (owner, null) : (null, Problems.SignInRequired());
    }

    /// <summary>Finds the owner, or the refusal.</summary>
    public static async ValueTask<(string? Owner, IResult? Refusal)> FindAsync(HttpContext context, DirectUploadEndpointOptions options)
    {
        if (await HostAuthorization.EvaluateAsync(context).ConfigureAwait(false) != AuthorizationOutcome.Authorized)
            return (null, Problems.TokenMissing());
        var caller = CallerFactory.Create(context, options);
        if (caller.FindOwnerError() is { } ownerless)
            return (null, Problems.From(ownerless));
        return caller.Owner is { } owner ? (owner, null) : (null, Problems.NotFound());
    }
}
