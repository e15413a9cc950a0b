using System.Text;
using System.Text.Json;
using Amazon.S3.Model;
using Microsoft.AspNetCore.Builder;

namespace DirectUpload.AspNetCore.Tests.Flows;

/// <summary>
/// What Uppy's S3 plugin asks of a Companion, call by call as it is written down in Companion's contract; and what nobody but the caller
/// may have.
/// </summary>
public abstract class UppyCompanionTests(S3ServerFixture server) : FlowTests(server)
{
    private const int PartSize = 5 * 1024 * 1024;

    private static readonly byte[] File = [.. Enumerable.Range(0, PartSize + 100).Select(at => (byte)(at * 31))];

    protected override TestHostOptions HostOptions => new()
    {
        Services = TestSignIn.Add,
        Pipeline = TestSignIn.Use,
        Map = app => app.MapUppyUploads("/uppy", "uppy").RequireAuthorization(),
    };

    private UploadClient Ada => App.ClientOf("/uppy").As("ada");

    private UploadClient Eve => App.ClientOf("/uppy").As("eve");

    [Fact]
    public async Task Form_FileSent_IsConfirmedByItsKey()
    {
        if (await Server.LacksAsync(S3Features.Forms))
            return;
        var granted = (await Ada.SendAsync(
            HttpMethod.Get,
            "/s3/params?filename=holiday.png&type=image%2Fpng&metadata[name]=holiday.png&metadata[album]=2026")).ShouldBe(200);
        granted["method"].Should().Be("POST");
        granted["url"].Should().EndWith("/");
        granted.Json.GetProperty("expires").GetInt32().Should().BeInRange(800, 900);
        var fields = granted.Json.GetProperty("fields").EnumerateObject()
            .ToDictionary(field => field.Name, field => field.Value.GetString()!);
        (fields["success_action_status"], fields["Content-Type"]).Should().Be(("201", "image/png"));
        fields["key"].Should().NotContain("${filename}");

        var stored = await StorageClient.PostAsync(granted["url"]!, fields, TestFiles.Png());
        stored.ShouldBe(201).Text.Should().Contain($"<Key>{fields["key"]}</Key>");
        var confirmed = await Ada.SendAsync(HttpMethod.Post, "/confirm", null, Json(new { key = fields["key"] }));

        confirmed.ShouldBe(200)["status"].Should().Be("ready");
        var record = await App.RecordAsync(confirmed["id"]!);
        (record.FileName, record.Owner, record.Size).Should().Be(("holiday.png", "ada", 1000L));
        record.Metadata.Should().Contain("album", "2026");
    }

    [Fact]
    public async Task Multipart_CreateSignListComplete_IsReady()
    {
        var (key, uploadId) = await CreateAsync();
        var first = await PartUrlAsync(key, uploadId, 1);
        var eTag1 = (await StorageClient.PutAsync(first, [], File[..PartSize])).ShouldBe(200).Header("etag")!;
        var batch = await Ada.SendAsync(HttpMethod.Get, $"/s3/multipart/{uploadId}/batch?key={key}&partNumbers=2,3");
        var second = batch.ShouldBe(200).Json.GetProperty("presignedUrls").GetProperty("2").GetString()!;
        var eTag2 = (await StorageClient.PutAsync(second, [], File[PartSize..])).ShouldBe(200).Header("etag")!;

        var listed = await Ada.SendAsync(HttpMethod.Get, $"/s3/multipart/{uploadId}?key={key}");
        listed.ShouldBe(200).Json.EnumerateArray().Select(part =>
            (part.GetProperty("PartNumber").GetInt32(), part.GetProperty("Size").GetInt64(), part.GetProperty("ETag").GetString()))
            .Should().Equal((1, PartSize, eTag1), (2, 100, eTag2));
        var completed = await CompleteAsync(Ada, key, uploadId, eTag1, eTag2.Trim('"'));

        completed.ShouldBe(200)["key"].Should().Be(key);
        completed["bucket"].Should().Be(Server.Bucket);
        completed["location"].Should().EndWith(key).And.NotContain("?");
        completed["status"].Should().Be("ready");
        var record = await App.RecordAsync(completed["id"]!);
        (record.Status, record.Size, record.Owner).Should().Be((DirectUpload.UploadStatus.Ready, (long)File.Length, "ada"));
        record.Metadata.Should().Contain("name", "film.bin").And.Contain("rating", "5").And.NotContainKey(
            "relativePath", "null says nothing");
        (await CompleteAsync(Ada, key, uploadId, eTag1, eTag2)).ShouldBe(200).Text
            .Should().Be(completed.Text, "a second complete gives the same answer");
    }

    [Fact]
    public async Task Calls_ByAnotherUser_LookLikeUnknownUploads()
    {
        var (key, uploadId) = await CreateAsync();
        var (other, otherId) = await CreateAsync(Eve);
        var unknown = (await Eve.SendAsync(HttpMethod.Get, $"/s3/multipart/{uploadId}?key=staging/uppy/nobody")).ShouldBe(400).Text;

        foreach (var (asked, id) in new[] { (key, uploadId), (other, uploadId), (key, otherId), ("", uploadId) })
        {
            (await Eve.SendAsync(HttpMethod.Get, $"/s3/multipart/{id}?key={asked}")).ShouldBe(400).Text.Should().Be(unknown);
            (await Eve.SendAsync(HttpMethod.Get, $"/s3/multipart/{id}/1?key={asked}")).ShouldBe(400).Text.Should().Be(unknown);
            (await Eve.SendAsync(HttpMethod.Get, $"/s3/multipart/{id}/batch?key={asked}&partNumbers=1")).ShouldBe(400).Text
                .Should().Be(unknown);
            (await CompleteAsync(Eve, asked, id, "\"0\"")).ShouldBe(400).Text.Should().Be(unknown);
            (await Eve.SendAsync(HttpMethod.Delete, $"/s3/multipart/{id}?key={asked}")).ShouldBe(400).Text.Should().Be(unknown);
        }

        (await Eve.SendAsync(HttpMethod.Post, "/confirm", null, Json(new { key }))).ShouldBe(400).Text.Should().Be(unknown);
        (await Ada.SendAsync(HttpMethod.Get, $"/s3/multipart/{uploadId}?key={key}")).ShouldBe(200).Text.Should().Be("[]");
    }

    [Fact]
    public async Task Abort_LeavesNoParts()
    {
        var (key, uploadId) = await CreateAsync();
        await StorageClient.PutAsync(await PartUrlAsync(key, uploadId, 1), [], [1]);

        (await Ada.SendAsync(HttpMethod.Delete, $"/s3/multipart/{uploadId}?key={key}")).ShouldBe(200).Text.Should().Be("{}");

        var unfinished = await Server.S3.ListMultipartUploadsAsync(
            new ListMultipartUploadsRequest { BucketName = Server.Bucket }, TestContext.Current.CancellationToken);
        (unfinished.MultipartUploads ?? []).Should().NotContain(found => found.Key == key);
    }

    [Fact]
    public async Task Complete_LargerThanTheProfile_IsRefused()
    {
        var (key, uploadId) = await CreateAsync();
        var eTags = new List<string>();
        for (var number = 1; number <= 3; number++)
            eTags.Add((await StorageClient.PutAsync(await PartUrlAsync(key, uploadId, number), [], new byte[PartSize])).Header("etag")!);

        (await CompleteAsync(Ada, key, uploadId, [.. eTags])).ShouldBe(400)["error"].Should().Contain("12000000");
        (await Server.S3.ListObjectsV2Async(
            new ListObjectsV2Request { BucketName = Server.Bucket, Prefix = key },
            TestContext.Current.CancellationToken)).KeyCount.Should().Be(0);
    }

    [Theory]
    [InlineData("/s3/params", "file name")]
    [InlineData("/s3/params?filename=a%2Fb.png", "path")]
    [InlineData("/s3/params?filename=a.exe&type=application%2Fx-msdownload", "does not accept")]
    public async Task Refusal_HasAMessageForBothUppyVersions(string path, string why)
    {
        var refused = (await Ada.SendAsync(HttpMethod.Get, path)).ShouldBe(400);

        refused["error"].Should().Contain(why);
        refused["message"].Should().Be(refused["error"]);
    }

    [Fact]
    public async Task Params_EmptyType_IsOctetStream() =>
        (await Ada.SendAsync(HttpMethod.Get, "/s3/params?filename=notes.xyz&type=")).ShouldBe(200).Json.GetProperty("fields")
            .GetProperty("Content-Type").GetString()
            .Should().Be("application/octet-stream");

    [Theory]
    [InlineData("no-cors", 400)]
    [InlineData("navigate", 400)]
    [InlineData("cors", 200)]
    [InlineData("same-origin", 200)]
    public async Task Params_FromAForeignImageOrLink_GrantsNothing(string mode, int status)
    {
        var client = new UploadClient(App.Http, "/uppy") { Headers = { ["Test-User"] = "ada", ["Sec-Fetch-Mode"] = mode } };

        (await client.SendAsync(HttpMethod.Get, "/s3/params?filename=a.png&type=image%2Fpng")).ShouldBe(status);
    }

    [Fact]
    public async Task Params_WithoutAUser_IsUnauthorized() =>
        (await App.ClientOf("/uppy").SendAsync(HttpMethod.Get, "/s3/params?filename=a.png")).ShouldBe(401);

    private static StringContent Json(object body) => new(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");

    private static Task<ApiResponse> CompleteAsync(UploadClient client, string key, string uploadId, params string[] eTags) =>
        client.SendAsync(
            HttpMethod.Post, $"/s3/multipart/{uploadId}/complete?key={key}", null,
            Json(new { parts = eTags.Select((ETag, at) => new { PartNumber = at + 1, ETag }) }));

    private async Task<(string Key, string UploadId)> CreateAsync(UploadClient? client = null)
    {
        var body = Json(new
        {
            filename = "film.bin",
            type = "application/octet-stream",
            metadata = new { name = "film.bin", rating = 5, relativePath = (string?)null },
        });
        var created = (await (client ?? Ada).SendAsync(HttpMethod.Post, "/s3/multipart", null, body)).ShouldBe(200);
        created["bucket"].Should().Be(Server.Bucket);
        return (created["key"]!, created["uploadId"]!);
    }

    private async Task<string> PartUrlAsync(string key, string uploadId, int number)
    {
        var signed = (await Ada.SendAsync(HttpMethod.Get, $"/s3/multipart/{uploadId}/{number}?key={key}")).ShouldBe(200);
        signed.Json.GetProperty("expires").GetInt32().Should().BeInRange(1, 900);
        return signed["url"]!;
    }
}
