namespace MinimalApiJwt.Tokens;

/// <summary>Maps the endpoint of the local issuer, if there is one.</summary>
internal static class LocalIssuerEndpoint
{
    public static void MapLocalIssuer(this WebApplication app, string pattern)
    {
        if (app.Services.GetService<LocalIssuer>() is { } issuer)
        {
            app.MapPost(pattern, (TokenRequest request) => new TokenResponse(issuer.CreateToken(request.Subject, request.Scope), "Bearer"))
                .WithTags("Development").WithSummary("Get a token").WithDescription("For anyone who asks, in development only.");
        }
    }

    internal sealed record TokenRequest(string Subject, string Scope = "uploads:write");

    internal sealed record TokenResponse(string AccessToken, string TokenType);
}
