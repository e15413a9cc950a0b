using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.AspNetCore.Authorization;

/// <summary>Creates the caller of a request: its owner, its user, and the data that the record keeps for audits.</summary>
internal static class CallerFactory
{
    public static UploadCaller Create(HttpContext context, DirectUploadEndpointOptions options) =>
        Create(context, options.OwnerResolver(context), FindActor(context.User));

    public static UploadCaller Create(HttpContext context, string? owner, string? actor) => new()
    {
        Owner = owner,
        User = context.User,
        Actor = actor,
        RemoteAddress = context.Connection.RemoteIpAddress?.ToString(),
        UserAgent = context.Request.Headers.UserAgent.ToString() is { Length: > 0 } agent ? agent : null,
    };

    // An identity that is not authenticated may contain values that a client sent.
    private static string? FindActor(ClaimsPrincipal user) =>
        user.Identities.FirstOrDefault(identity => identity is { IsAuthenticated: true, Name: not null })?.Name;
}
