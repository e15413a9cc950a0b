using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace DirectUpload.AspNetCore.Tests.Flows;

/// <summary>A file whose every part comes with the SHA-256 of its bytes, which storage holds them to.</summary>
public abstract class PartChecksumTests(S3ServerFixture server) : FlowTests(server)
{
    private const int PartSize = 5 * 1024 * 1024;

    private static readonly byte[] File = [.. Enumerable.Range(0, PartSize + 11).Select(at => (byte)(at * 7))];

    private static TestUploadRequest Film => new()
    {
        Profile = "film",
        FileName = "film.bin",
        ContentType = "application/octet-stream",
        Size = File.Length,
        PartChecksums = true,
    };

    [Theory]
    [InlineData("film")]
    [InlineData("film-in-place")]
    public async Task Upload_WithPartChecksums_ArrivesUnchanged(string profile)
    {
        var grant = await Client.GrantAsync(Film with { Profile = profile, ChecksumSha256 = Sum(File) });
        grant.Upload.GetProperty("partChecksums").GetBoolean().Should().BeTrue();
        grant.Upload.GetProperty("parts").GetArrayLength().Should().Be(0, "nothing can be signed before its checksum is known");

        foreach (var part in await SignedAsync(grant))
            (await SendAsync(part, Bytes(part))).ShouldBe(200);

        (await Client.ConfirmAsync(grant)).ShouldBe(200)["status"].Should().Be("ready");
        (await ContentAsync(grant)).ShouldBe(200).Body.Should().Equal(File);
    }

    [Fact]
    public async Task Part_OtherBytesThanDeclared_IsRefusedByStorage()
    {
        var verified = !await Server.LacksAsync(S3Features.Checksums);
        var grant = await Client.GrantAsync(Film);
        var last = (await SignedAsync(grant))[1];
        var swapped = Bytes(last);
        swapped[3] ^= 1;

        (await SendAsync(last, swapped)).Code.Should().Be(verified ? 400 : 200);
        (await SendAsync(last, swapped, Sum(swapped))).ShouldBe(403);
        (await SendAsync(last, Bytes(last), checksum: null)).ShouldBe(403);

        (await Client.SendAsync(HttpMethod.Get, $"/{grant.Id}/parts", grant.WriteToken)).ShouldBe(200).Json.GetProperty("parts")
            .GetArrayLength().Should().Be(verified ? 0 : 1);
    }

    [Theory]
    [InlineData("""{"partNumbers":[1,2]}""", "the checksum of part 1 is missing")]
    [InlineData(
        """{"partNumbers":[1,2],"checksumsSha256":{"1":"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="}}""",
        "the checksum of part 2 is missing")]
    [InlineData("""{"partNumbers":[1],"checksumsSha256":{"1":"short"}}""", "not the base64 of a SHA-256")]
    public async Task SignParts_ChecksumsDeclared_RequiresOnePerPart(string body, string why)
    {
        var grant = await Client.GrantAsync(Film);

        (await SignAsync(grant, body)).ShouldBeProblem(400, "invalid-request")["detail"].Should().Contain(why);
    }

    [Fact]
    public async Task SignParts_NoChecksumsDeclared_RefusesChecksums()
    {
        var grant = await Client.GrantAsync(Film with { PartChecksums = null });

        (await SignAsync(grant, """{"partNumbers":[1],"checksumsSha256":{"1":"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="}}"""))
            .ShouldBeProblem(400, "invalid-request");
        grant.Upload.TryGetProperty("partChecksums", out _).Should().BeFalse();
    }

    private static string Sum(byte[] bytes) => Convert.ToBase64String(SHA256.HashData(bytes));

    private static byte[] Bytes(JsonElement part) => part.GetProperty("partNumber").GetInt32() == 1 ? File[..PartSize] : File[PartSize..];

    private Task<ApiResponse> SignAsync(Grant grant, string body) =>
        Client.SendAsync(
            HttpMethod.Post, $"/{grant.Id}/parts", grant.WriteToken, new StringContent(body, Encoding.UTF8, "application/json"));

    private async Task<JsonElement[]> SignedAsync(Grant grant)
    {
        var checksums = new Dictionary<int, string> { [1] = Sum(File[..PartSize]), [2] = Sum(File[PartSize..]) };
        var signed = await SignAsync(grant, JsonSerializer.Serialize(new { from = 1, to = 2, checksumsSha256 = checksums }));
        return [.. signed.ShouldBe(200).Json.GetProperty("parts").EnumerateArray()];
    }

    private Task<ApiResponse> SendAsync(JsonElement part, byte[] bytes) =>
        SendAsync(part, bytes, part.GetProperty("headers").GetProperty("x-amz-checksum-sha256").GetString());

    private Task<ApiResponse> SendAsync(JsonElement part, byte[] bytes, string? checksum) =>
        StorageClient.PutAsync(
            part.GetProperty("url").GetString()!, checksum is null ? [] : new() { ["x-amz-checksum-sha256"] = checksum }, bytes);
}
