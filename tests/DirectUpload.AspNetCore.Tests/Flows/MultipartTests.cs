using System.Text;
using System.Text.Json;
using Amazon.S3.Model;

namespace DirectUpload.AspNetCore.Tests.Flows;

/// <summary>A file that goes in parts of 5 MiB, and those who would have it otherwise.</summary>
public abstract class MultipartTests(S3ServerFixture server) : FlowTests(server)
{
    private const int PartSize = 5 * 1024 * 1024;
    private const int Size = (2 * PartSize) + 11;

    private static readonly byte[] File = Content(1);

    private static TestUploadRequest Film =>
        new() { Profile = "film", FileName = "film.bin", ContentType = "application/octet-stream", Size = Size };

    [Theory]
    [InlineData("film")]
    [InlineData("film-in-place")]
    public async Task Upload_InParts_FromRequestToDeletion(string profile)
    {
        var grant = await Client.GrantAsync(Film with { Profile = profile });
        grant.Method.Should().Be("MULTIPART");
        (grant.Upload.GetProperty("partSize").GetInt64(), grant.Upload.GetProperty("partCount").GetInt32()).Should().Be((PartSize, 3));
        foreach (var number in new[] { 3, 1, 2 })
            (await SendAsync(grant, number)).ShouldBe(200);
        (await Client.StatusAsync(grant))["status"].Should().Be("requested");

        var confirmed = await Client.ConfirmAsync(grant);

        confirmed.ShouldBe(200)["status"].Should().Be("ready");
        (await Client.ConfirmAsync(grant)).ShouldBe(200).Text.Should().Be(confirmed.Text, "a second complete gives the same answer");
        var content = await ContentAsync(grant);
        content.ShouldBe(200).Body.Should().Equal(File);
        content.Header("content-disposition").Should().Be("attachment; filename=\"film.bin\"");
        (await Client.DeleteAsync(grant)).ShouldBe(204);
        (await KeysOfAsync(grant)).Should().BeEmpty();
    }

    [Fact]
    public async Task Upload_Interrupted_ResumesFromStoredParts()
    {
        var grant = await Client.GrantAsync(Film);
        await SendAsync(grant, 2);

        var listed = await Client.SendAsync(HttpMethod.Get, $"/{grant.Id}/parts", grant.WriteToken);
        var part = listed.ShouldBe(200).Json.GetProperty("parts").EnumerateArray().Should().ContainSingle().Subject;
        (part.GetProperty("partNumber").GetInt32(), part.GetProperty("size").GetInt64()).Should().Be((2, PartSize));
        (await Client.ConfirmAsync(grant)).ShouldBeProblem(409, "not-uploaded")["detail"].Should().Contain("1, 3");

        var signed = await SignAsync(grant, """{"partNumbers":[3,1]}""");
        foreach (var missing in signed.ShouldBe(200).Json.GetProperty("parts").EnumerateArray())
            (await SendAsync(missing)).ShouldBe(200);
        (await Client.ConfirmAsync(grant)).ShouldBe(200)["status"].Should().Be("ready");
        (await ContentAsync(grant)).Body.Should().Equal(File);
    }

    [Fact]
    public async Task Confirm_WithPartETags_ComparesThemWithStorage()
    {
        var grant = await Client.GrantAsync(Film);
        var eTags = new List<string>();
        for (var number = 1; number <= 3; number++)
            eTags.Add((await SendAsync(grant, number)).Header("etag")!);

        (await ConfirmAsync(grant, [eTags[0], "\"00000000000000000000000000000000\"", eTags[2]])).ShouldBeProblem(409, "conflict")["detail"]
            .Should().StartWith("Part 2 ");
        (await Client.StatusAsync(grant))["status"].Should().Be("requested", "nothing was lost by it");
        (await ConfirmAsync(grant, [eTags[0], eTags[1].Trim('"'), eTags[2]])).ShouldBe(200)["status"].Should().Be("ready");
    }

    [Theory]
    [InlineData(PartSize - 1)]
    [InlineData(PartSize + 1)]
    public async Task Part_OtherSizeThanSigned_IsRefusedByStorage(int size)
    {
        var grant = await Client.GrantAsync(Film);

        (await StorageClient.PutAsync(UrlOf(grant, 1), [], new byte[size])).Code.Should().BeInRange(400, 403);
    }

    [Theory]
    [InlineData("film")]
    [InlineData("film-in-place")]
    public async Task PartUrl_AfterCompletion_NoLongerWorks(string profile)
    {
        var accepted = await Server.LacksAsync(S3Features.PartsEndOnCompletion) ? 200 : 404;
        var grant = await Client.GrantAsync(Film with { Profile = profile });
        await SendAllAsync(grant);
        (await Client.ConfirmAsync(grant)).ShouldBe(200);

        (await StorageClient.PutAsync(UrlOf(grant, 1), [], Content(9)[..PartSize])).ShouldBe(accepted);
        var content = await ContentAsync(grant);
        content.ShouldBe(200).Body.AsSpan().SequenceEqual(File).Should().BeTrue("a late part changes nothing that is served");
    }

    [Fact]
    public async Task SignParts_UnknownOrForeignParts_IsRefused()
    {
        var (mine, theirs) = (await Client.GrantAsync(Film), await Client.GrantAsync(Film));

        (await SignAsync(mine, """{"partNumbers":[4]}""")).ShouldBeProblem(400, "invalid-request");
        (await SignAsync(mine, """{"from":0,"to":2}""")).ShouldBeProblem(400, "invalid-request");
        (await SignAsync(mine, """{"from":1,"to":2000000000}""")).ShouldBeProblem(400, "invalid-request");
        (await SignAsync(mine, """{}""")).ShouldBeProblem(400, "invalid-request");
        (await Client.SendAsync(HttpMethod.Post, $"/{theirs.Id}/parts", mine.WriteToken, Json("""{"partNumbers":[1]}""")))
            .ShouldBeProblem(404, "not-found");
        (await Client.SendAsync(HttpMethod.Get, $"/{theirs.Id}/parts", mine.WriteToken)).ShouldBeProblem(404, "not-found");
        (await Client.SendAsync(HttpMethod.Post, $"/{theirs.Id}/parts", theirs.ReadToken, Json("""{"partNumbers":[1]}""")))
            .ShouldBeProblem(403, "token-invalid");
    }

    [Fact]
    public async Task Abort_LeavesNoParts()
    {
        var grant = await Client.GrantAsync(Film);
        await SendAsync(grant, 1);

        (await Client.DeleteAsync(grant)).ShouldBe(204);

        var unfinished = await Server.S3.ListMultipartUploadsAsync(
            new ListMultipartUploadsRequest { BucketName = Server.Bucket }, TestContext.Current.CancellationToken);
        (unfinished.MultipartUploads ?? []).Should().NotContain(found => found.Key.Contains(grant.Id));
        (await SendAsync(grant, 2)).ShouldBe(404);
    }

    [Fact]
    public async Task SignParts_Range_SignsEachPartWithItsSize()
    {
        var grant = await Client.GrantAsync(Film);

        var signed = await SignAsync(grant, """{"from":2,"to":3}""");

        signed.ShouldBe(200).Json.GetProperty("parts").EnumerateArray()
            .Select(part => (part.GetProperty("partNumber").GetInt32(), part.GetProperty("size").GetInt64()))
            .Should().Equal((2, PartSize), (3, 11));
    }

    [Theory]
    [InlineData("picture", "PUT")]
    [InlineData("form", "POST")]
    [InlineData("film", "MULTIPART")]
    public async Task Renew_NewUrls_Work(string profile, string method)
    {
        if (await LacksAsync(profile))
            return;
        var bytes = method == "MULTIPART" ? File : TestFiles.Png();
        var grant = await Client.GrantAsync(
            method == "MULTIPART" ? Film : new TestUploadRequest { Profile = profile, Size = bytes.Length });

        var renewed = await Client.SendAsync(HttpMethod.Post, $"/{grant.Id}/renew", grant.WriteToken);
        var again = grant with { Upload = renewed.ShouldBe(200).Json.GetProperty("upload") };
        again.Upload.GetProperty("method").GetString().Should().Be(method);
        if (method == "MULTIPART")
            await SendAllAsync(again);
        else
            (await StorageClient.UploadAsync(again with { Url = again.Upload.GetProperty("url").GetString()! }, bytes)).Code
                .Should().BeInRange(200, 204);

        (await Client.ConfirmAsync(grant)).ShouldBe(200)["status"].Should().Be("ready");
        (await Client.SendAsync(HttpMethod.Post, $"/{grant.Id}/renew", grant.WriteToken)).ShouldBeProblem(409, "conflict");
    }

    [Fact]
    public async Task Request_SmallFileWithMultipart_GoesInParts()
    {
        var grant = await Client.GrantAsync(Film with { Size = 5, Method = "multipart" });
        grant.Method.Should().Be("MULTIPART");

        (await StorageClient.PutAsync(UrlOf(grant, 1), [], [1, 2, 3, 4, 5])).ShouldBe(200);
        (await Client.ConfirmAsync(grant)).ShouldBe(200)["status"].Should().Be("ready");
    }

    private static byte[] Content(int seed)
    {
        var bytes = new byte[Size];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    private static string UrlOf(Grant grant, int number) => PartOf(grant, number).GetProperty("url").GetString()!;

    private static JsonElement PartOf(Grant grant, int number) => grant.Upload.GetProperty("parts")[number - 1];

    private Task<ApiResponse> SignAsync(Grant grant, string body) =>
        Client.SendAsync(HttpMethod.Post, $"/{grant.Id}/parts", grant.WriteToken, Json(body));

    private Task<ApiResponse> ConfirmAsync(Grant grant, IEnumerable<string> eTags) => Client.SendAsync(
        HttpMethod.Post, $"/{grant.Id}/confirm", grant.WriteToken,
        Json(JsonSerializer.Serialize(new { parts = eTags.Select((etag, at) => new { partNumber = at + 1, etag }) })));

    private Task<ApiResponse> SendAsync(Grant grant, int number) => SendAsync(PartOf(grant, number));

    private Task<ApiResponse> SendAsync(JsonElement part)
    {
        var first = (part.GetProperty("partNumber").GetInt32() - 1) * PartSize;
        return StorageClient.PutAsync(part.GetProperty("url").GetString()!, [], File[first..Math.Min(first + PartSize, Size)]);
    }

    private async Task SendAllAsync(Grant grant)
    {
        for (var number = 1; number <= 3; number++)
            (await SendAsync(grant, number)).ShouldBe(200);
    }
}
