using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.WebUtilities;

namespace DirectUpload.AspNetCore.Tests.Uppy;

/// <summary>Tests that Uppy's metadata cannot declare what <c>POST /uploads</c> refuses.</summary>
public sealed class DeclaredMetadataTests : IAsyncLifetime
{
    private static readonly string Checksum = Convert.ToBase64String(new byte[32]);

    private UploadApp? app;

    /// <summary>The metadata, and a part of the refusal; null if the metadata is accepted.</summary>
    public static TheoryData<string, string?, string?, string?, string?> Cases => new()
    {
        { "open", "invoice", "7", Checksum, null },
        { "open", null, null, Checksum, "needs an association" },
        { "open", "invoice", "7", null, "needs checksumSha256" },
        { "open", "invoice", null, Checksum, "association.id" },
        { "open", null, "7", Checksum, "association.type" },
        { "open", "", "7", Checksum, "association.type" },
        { "open", "invoice", new string('7', 201), Checksum, "association.id" },
        { "open", "invoice", "7", "abc", "checksumSha256 is not" },
        { "approved-only", "invoice", "7", Checksum, "has not approved" },
    };

    public async ValueTask InitializeAsync() => app = await UploadApp.StartAsync(new TestHostOptions
    {
        Uploads = options =>
        {
            foreach (var name in new[] { "open", "approved-only" })
            {
                options.AddProfile(name, profile =>
                {
                    profile.ContentTypes.Add("*/*");
                    profile.UploadMethod = UploadMethod.Post;
                    profile.RequireAssociation = profile.RequireChecksum = true;
                    profile.ClientsMayAssociate = name == "open";
                });
            }
        },
        Map = host =>
        {
            host.MapUppyUploads("/open", "open").AllowAnonymous();
            host.MapUppyUploads("/approved-only", "approved-only").AllowAnonymous();
        },
    });

    public ValueTask DisposeAsync() => app!.DisposeAsync();

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task CompanionForm_Declared_IsHeldToTheRules(string mapping, string? type, string? id, string? checksum, string? refusal)
    {
        var query = Declare(type, id, checksum).ToDictionary(entry => $"metadata[{entry.Key}]", entry => (string?)entry.Value);
        var address = QueryHelpers.AddQueryString("/s3/params?filename=a.bin&type=application%2Fx-a", query);

        Check(await app!.ClientOf($"/{mapping}").SendAsync(HttpMethod.Get, address), mapping, refusal);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Sign_Declared_IsHeldToTheRules(string mapping, string? type, string? id, string? checksum, string? refusal)
    {
        using var body = JsonContent.Create(new
        {
            method = "PUT",
            key = "a.bin",
            contentType = "application/x-a",
            filename = "a.bin",
            metadata = Declare(type, id, checksum),
        });

        Check(await app!.ClientOf($"/{mapping}").SendAsync(HttpMethod.Post, "/sign", null, body), mapping, refusal);
    }

    [Theory]
    [InlineData("AAAAAAAAAAA=", null)]
    [InlineData("abc", "checksums.crc64nvme is not")]
    public async Task CompanionForm_Crc64NvmeDeclared_IsHeldToTheRules(string crc64nvme, string? refusal)
    {
        var declared = Declare("invoice", "7", Checksum);
        declared["checksumCrc64nvme"] = crc64nvme;
        var address = QueryHelpers.AddQueryString(
            "/s3/params?filename=a.bin&type=application%2Fx-a",
            declared.ToDictionary(entry => $"metadata[{entry.Key}]", entry => (string?)entry.Value));

        Check(await app!.ClientOf("/open").SendAsync(HttpMethod.Get, address), "open", refusal);
    }

    private static Dictionary<string, string> Declare(string? type, string? id, string? checksum) =>
        new (string Name, string? Value)[] { ("associationType", type), ("associationId", id), ("checksumSha256", checksum) }
            .Where(entry => entry.Value is not null).ToDictionary(entry => entry.Name, entry => entry.Value!);

    private static void Check(ApiResponse answer, string mapping, string? refusal)
    {
        answer.ShouldBe(refusal is null ? 200 : mapping == "open" ? 400 : 403);
        if (refusal is not null)
            answer["error"].Should().Contain(refusal);
    }
}
