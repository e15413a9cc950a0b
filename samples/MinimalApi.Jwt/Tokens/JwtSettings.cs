namespace MinimalApiJwt.Tokens;

/// <summary>The configuration section <c>Jwt</c>.</summary>
internal sealed class JwtSettings
{
    /// <summary>The identity provider, whose discovery document names its keys. Empty: the local issuer, in development only.</summary>
    public string Authority { get; init; } = string.Empty;

    /// <summary>The audience that a token must have; for access tokens of Amazon Cognito, the id of the app client.</summary>
    public string Audience { get; init; } = string.Empty;

    /// <summary>The scope that allows its bearer to request uploads.</summary>
    public string UploadScope { get; init; } = string.Empty;

    /// <summary>The role that allows its bearer the same.</summary>
    public string UploadRole { get; init; } = string.Empty;
}
