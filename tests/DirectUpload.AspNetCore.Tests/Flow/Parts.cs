using System.Text;
using System.Text.Json;
using Amazon.S3.Model;

namespace DirectUpload.AspNetCore.Tests.Flow;

/// <summary>A file that goes in parts of 5 MiB, and those who would have it otherwise.</summary>
public abstract class Parts(S3ServerFixture server) : FlowSuite(server)
{
    private const int PartSize = 5 * 1024 * 1024;
    private const int Size = (2 * PartSize) + 11;

    private static readonly byte[] File = Content(1);

    private static Wanted Film => new() { Profile = "film", FileName = "film.bin", ContentType = "application/octet-stream", Size = Size };

    [Theory]
    [InlineData("film")]
    [InlineData("film-in-place")]
    public async Task A_film_lives_from_request_to_deletion(string profile)
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
    public async Task What_was_interrupted_goes_on_from_what_storage_has()
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
    public async Task A_client_that_says_what_it_has_sent_is_taken_by_its_word()
    {
        var grant = await Client.GrantAsync(Film);
        var eTags = new List<string>();
        for (var number = 1; number <= 3; number++)
            eTags.Add((await SendAsync(grant, number)).Header("etag")!);

        (await ConfirmAsync(grant, [eTags[0], "\"00000000000000000000000000000000\"", eTags[2]])).ShouldBeProblem(409, "conflict")["detail"].Should().StartWith("Part 2 ");
        (await Client.StatusAsync(grant))["status"].Should().Be("requested", "nothing was lost by it");
        (await ConfirmAsync(grant, [eTags[0], eTags[1].Trim('"'), eTags[2]])).ShouldBe(200)["status"].Should().Be("ready");
    }

    [Theory]
    [InlineData(PartSize - 1)]
    [InlineData(PartSize + 1)]
    public async Task A_part_of_another_size_than_was_signed_is_refused_by_storage(int size)
    {
        var grant = await Client.GrantAsync(Film);

        (await Browser.PutAsync(UrlOf(grant, 1), [], new byte[size])).Code.Should().BeInRange(400, 403);
    }

    [Theory]
    [InlineData("film")]
    [InlineData("film-in-place")]
    public async Task The_URL_of_a_part_is_worth_nothing_once_the_file_is_put_together(string profile)
    {
        var accepted = await Server.LacksAsync(S3Features.PartsEndOnCompletion) ? 200 : 404;
        var grant = await Client.GrantAsync(Film with { Profile = profile });
        await SendAllAsync(grant);
        (await Client.ConfirmAsync(grant)).ShouldBe(200);

        (await Browser.PutAsync(UrlOf(grant, 1), [], Content(9)[..PartSize])).ShouldBe(accepted);
        var content = await ContentAsync(grant);
        content.ShouldBe(200).Body.AsSpan().SequenceEqual(File).Should().BeTrue("a late part changes nothing that is served");
    }

    [Fact]
    public async Task Neither_more_parts_than_it_has_are_signed_nor_those_of_somebody_else()
    {
        var (mine, theirs) = (await Client.GrantAsync(Film), await Client.GrantAsync(Film));

        (await SignAsync(mine, """{"partNumbers":[4]}""")).ShouldBeProblem(400, "invalid-request");
        (await SignAsync(mine, """{"from":0,"to":2}""")).ShouldBeProblem(400, "invalid-request");
        (await SignAsync(mine, """{"from":1,"to":2000000000}""")).ShouldBeProblem(400, "invalid-request");
        (await SignAsync(mine, """{}""")).ShouldBeProblem(400, "invalid-request");
        (await Client.SendAsync(HttpMethod.Post, $"/{theirs.Id}/parts", mine.WriteToken, Json("""{"partNumbers":[1]}"""))).ShouldBeProblem(404, "not-found");
        (await Client.SendAsync(HttpMethod.Get, $"/{theirs.Id}/parts", mine.WriteToken)).ShouldBeProblem(404, "not-found");
        (await Client.SendAsync(HttpMethod.Post, $"/{theirs.Id}/parts", theirs.ReadToken, Json("""{"partNumbers":[1]}"""))).ShouldBeProblem(403, "token-invalid");
    }

    [Fact]
    public async Task What_is_aborted_leaves_no_parts()
    {
        var grant = await Client.GrantAsync(Film);
        await SendAsync(grant, 1);

        (await Client.DeleteAsync(grant)).ShouldBe(204);

        var unfinished = await Server.S3.ListMultipartUploadsAsync(new ListMultipartUploadsRequest { BucketName = Server.Bucket }, TestContext.Current.CancellationToken);
        (unfinished.MultipartUploads ?? []).Should().NotContain(found => found.Key.Contains(grant.Id));
        (await SendAsync(grant, 2)).ShouldBe(404);
    }

    [Fact]
    public async Task A_range_of_parts_is_signed_and_each_has_its_size()
    {
        var grant = await Client.GrantAsync(Film);

        var signed = await SignAsync(grant, """{"from":2,"to":3}""");

        signed.ShouldBe(200).Json.GetProperty("parts").EnumerateArray().Select(part => (part.GetProperty("partNumber").GetInt32(), part.GetProperty("size").GetInt64()))
            .Should().Equal((2, PartSize), (3, 11));
    }

    [Theory]
    [InlineData("picture", "PUT")]
    [InlineData("form", "POST")]
    [InlineData("film", "MULTIPART")]
    public async Task A_renewed_grant_works_as_the_first_did(string profile, string method)
    {
        if (await LacksAsync(profile))
            return;
        var bytes = method == "MULTIPART" ? File : Bytes.Png();
        var grant = await Client.GrantAsync(method == "MULTIPART" ? Film : new Wanted { Profile = profile, Size = bytes.Length });

        var renewed = await Client.SendAsync(HttpMethod.Post, $"/{grant.Id}/renew", grant.WriteToken);
        var again = grant with { Upload = renewed.ShouldBe(200).Json.GetProperty("upload") };
        again.Upload.GetProperty("method").GetString().Should().Be(method);
        if (method == "MULTIPART")
            await SendAllAsync(again);
        else
            (await Browser.UploadAsync(again with { Url = again.Upload.GetProperty("url").GetString()! }, bytes)).Code.Should().BeInRange(200, 204);

        (await Client.ConfirmAsync(grant)).ShouldBe(200)["status"].Should().Be("ready");
        (await Client.SendAsync(HttpMethod.Post, $"/{grant.Id}/renew", grant.WriteToken)).ShouldBeProblem(409, "conflict");
    }

    [Fact]
    public async Task What_is_small_goes_in_parts_when_the_client_wants_it_so()
    {
        var grant = await Client.GrantAsync(Film with { Size = 5, Method = "multipart" });
        grant.Method.Should().Be("MULTIPART");

        (await Browser.PutAsync(UrlOf(grant, 1), [], [1, 2, 3, 4, 5])).ShouldBe(200);
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

    private Task<Answer> SignAsync(Grant grant, string body) => Client.SendAsync(HttpMethod.Post, $"/{grant.Id}/parts", grant.WriteToken, Json(body));

    private Task<Answer> ConfirmAsync(Grant grant, IEnumerable<string> eTags) => Client.SendAsync(
        HttpMethod.Post, $"/{grant.Id}/confirm", grant.WriteToken,
        Json(JsonSerializer.Serialize(new { parts = eTags.Select((etag, at) => new { partNumber = at + 1, etag }) })));

    private Task<Answer> SendAsync(Grant grant, int number) => SendAsync(PartOf(grant, number));

    private Task<Answer> SendAsync(JsonElement part)
    {
        var first = (part.GetProperty("partNumber").GetInt32() - 1) * PartSize;
        return Browser.PutAsync(part.GetProperty("url").GetString()!, [], File[first..Math.Min(first + PartSize, Size)]);
    }

    private async Task SendAllAsync(Grant grant)
    {
        for (var number = 1; number <= 3; number++)
            (await SendAsync(grant, number)).ShouldBe(200);
    }
}
