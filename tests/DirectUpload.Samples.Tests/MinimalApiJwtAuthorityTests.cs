using System.Net;
using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace DirectUpload.Samples.Tests;

/// <summary>samples/MinimalApi.Jwt with the tokens of an identity provider, by configuration alone.</summary>
public sealed class MinimalApiJwtAuthorityTests : IAsyncLifetime
{
    private readonly MinimalApiJwtFactory _api = new();
    private IdentityProvider _provider = null!;

    public async ValueTask InitializeAsync()
    {
        _provider = await IdentityProvider.StartAsync();
        _api.Settings["Jwt:Authority"] = _provider.Authority;
        _api.Settings["Jwt:Audience"] = "api";
    }

    [Fact]
    public async Task Token_OfTheProvider_IsAccepted()
    {
        (string, object) subject = ("sub", "ada");
        (await RequestAsync(_provider.CreateToken(claims: [subject, ("scope", "openid uploads:write")]))).Should().Be(HttpStatusCode.OK);
        (await RequestAsync(_provider.CreateToken(claims: [subject, ("scp", "uploads:write")]))).Should().Be(HttpStatusCode.OK);
        (await RequestAsync(_provider.CreateToken(claims: [subject, ("roles", new[] { "uploader" })]))).Should().Be(HttpStatusCode.OK);
        (await RequestAsync(_provider.CreateToken(claims: [subject, ("cognito:groups", new[] { "a", "uploader" })])))
            .Should().Be(HttpStatusCode.OK);
        (await RequestAsync(_provider.CreateToken(claims: [subject]))).Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Token_OfCognito_IsAcceptedForItsClient()
    {
        (string, object)[] claims = [("sub", "ada"), ("scope", "uploads:write")];

        (await RequestAsync(_provider.CreateToken(audience: null, claims: [.. claims, ("client_id", "api")])))
            .Should().Be(HttpStatusCode.OK);
        (await RequestAsync(_provider.CreateToken(audience: null, claims: [.. claims, ("client_id", "other")])))
            .Should().Be(HttpStatusCode.Unauthorized);
        (await RequestAsync(_provider.CreateToken(audience: null, claims: claims))).Should().Be(HttpStatusCode.Unauthorized);
        (await RequestAsync(_provider.CreateToken(audience: "other", claims: [.. claims, ("client_id", "api")])))
            .Should().Be(HttpStatusCode.Unauthorized, "a token with an audience is for that audience only");
    }

    [Fact]
    public async Task Token_NotForThisApi_IsUnauthorized()
    {
        (string, object)[] claims = [("sub", "ada"), ("scope", "uploads:write")];

        (await RequestAsync(_provider.CreateToken(audience: "other", claims: claims))).Should().Be(HttpStatusCode.Unauthorized);
        (await RequestAsync(_provider.CreateToken(issuer: "https://other.example/", claims: claims)))
            .Should().Be(HttpStatusCode.Unauthorized);
        (await RequestAsync(_provider.CreateToken(expires: DateTime.UtcNow.AddMinutes(-10), claims: claims)))
            .Should().Be(HttpStatusCode.Unauthorized);
        (await RequestAsync(_provider.CreateToken(key: new RsaSecurityKey(RSA.Create(2048)) { KeyId = "key-1" }, claims: claims)))
            .Should().Be(HttpStatusCode.Unauthorized);
        (await RequestAsync(_provider.CreateToken(key: new SymmetricSecurityKey(new byte[32]), claims: claims)))
            .Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Token_WithoutSubject_IsForbidden() =>
        (await RequestAsync(_provider.CreateToken(claims: [("scope", "uploads:write")]))).Should().Be(HttpStatusCode.Forbidden);

    [Fact]
    public async Task LocalIssuer_WithAnAuthority_DoesNotExist()
    {
        using var client = _api.CreateClient();

        var answer = await client.PostAsync("/token", null, TestContext.Current.CancellationToken);

        answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Start_AuthorityWithoutAudience_IsRefused()
    {
        await using var api = new MinimalApiJwtFactory { Settings = { ["Jwt:Authority"] = _provider.Authority } };

        api.Invoking(it => it.CreateClient()).Should().Throw<Exception>().WithMessage("*Jwt:Audience*");
    }

    [Fact]
    public async Task Start_InProductionWithoutAuthority_IsRefused()
    {
        await using var api = new MinimalApiJwtFactory { Environment = "Production" };

        api.Invoking(it => it.CreateClient()).Should().Throw<Exception>().WithMessage("*Jwt:Authority*");
    }

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        await _provider.DisposeAsync();
    }

    private async Task<HttpStatusCode> RequestAsync(string token)
    {
        using var client = _api.CreateClient(token);
        return (await client.GetAsync(
            "/upload-url?fileName=a.txt&contentType=text/plain&size=1", TestContext.Current.CancellationToken)).StatusCode;
    }
}
