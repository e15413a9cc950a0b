using System.Security.Claims;
using DirectUpload.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.AspNetCore.Tests.Authorization;

public sealed class CallerFactoryTests
{
    private static readonly ClaimsIdentity Authenticated = CreateIdentity("ada", "Test");
    private static readonly ClaimsIdentity Claimed = CreateIdentity("mallory", authenticationType: null);
    private static readonly ClaimsIdentity Nameless = new("Test");

    public static TheoryData<string, string?> Callers { get; } = new()
    {
        { "", null },
        { "authenticated", "ada" },
        { "claimed", null },
        { "claimed authenticated", "ada" },
        { "authenticated claimed", "ada" },
        { "nameless claimed", null },
        { "nameless authenticated", "ada" },
        { "claimed nameless", null },
    };

    [Theory]
    [MemberData(nameof(Callers))]
    public void Create_OnlyAuthenticatedIdentities_AreOwnerAndActor(string identities, string? expected)
    {
        var context = new DefaultHttpContext
        {
            User = new ClaimsPrincipal(identities.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(GetIdentity)),
        };

        var caller = CallerFactory.Create(context, new DirectUploadEndpointOptions());

        caller.Should().BeEquivalentTo(new { Owner = expected, Actor = expected });
    }

    private static ClaimsIdentity GetIdentity(string name) => name switch
    {
        "authenticated" => Authenticated,
        "claimed" => Claimed,
        _ => Nameless,
    };

    private static ClaimsIdentity CreateIdentity(string name, string? authenticationType) =>
        new([new Claim(ClaimTypes.Name, name), new Claim(ClaimTypes.NameIdentifier, name)], authenticationType);
}
