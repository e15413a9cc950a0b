using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.AspNetCore.Tests.Flows;

/// <summary>Uppy's signRequest: what it is sent to S3 with, and what it is sent to us with in S3's name.</summary>
public abstract class UppySigningTests(S3ServerFixture server) : FlowTests(server)
{
    private const int PartSize = 5 * 1024 * 1024;

    private static readonly byte[] File = [.. Enumerable.Range(0, PartSize + 100).Select(at => (byte)(at * 31))];

    private static readonly XNamespace S3 = "http://s3.amazonaws.com/doc/2006-03-01/";

    private readonly List<string> _asked = [];

    protected override TestHostOptions HostOptions => new()
    {
        Services = services =>
        {
            TestSignIn.Add(services);
            services.AddDirectUploads().AddAuthorizer(asked =>
            {
                asked.Caller.User!.Identity!.IsAuthenticated.Should().BeTrue();
                _asked.Add(asked.Request.FileName);
                return asked.Request.FileName.StartsWith("secret", StringComparison.Ordinal)
                    ? UploadAuthorization.Deny("This user may not make this upload.")
                    : UploadAuthorization.Allow;
            });
        },
        Pipeline = TestSignIn.Use,
        Map = app =>
        {
            app.MapUppyUploads("/uppy", "uppy").RequireAuthorization();
            app.MapUppyUploads("/pictures", "picture").RequireAuthorization();
        },
    };

    private UploadClient Ada => App.ClientOf("/uppy").As("ada");

    private UploadClient Eve => App.ClientOf("/uppy").As("eve");

    [Fact]
    public async Task Sign_SmallFile_GoesByForm()
    {
        if (await Server.LacksAsync(S3Features.Forms))
            return;
        var signed = (await SignAsync(Ada, new
        {
            method = "PUT",
            key = "0b6e5a7e-4c5f-4c3c-8a6e-0f6f1c1d2e3f-holiday.png",
            contentType = "image/png",
        })).ShouldBe(200);
        var fields = signed.Json.GetProperty("fields").EnumerateObject()
            .ToDictionary(field => field.Name, field => field.Value.GetString()!);
        signed["key"].Should().Be(fields["key"]);
        signed["url"].Should().EndWith("/");

        (await StorageClient.PostAsync(signed["url"]!, fields, TestFiles.Png())).ShouldBe(201);
        var confirmed = (await Ada.SendAsync(HttpMethod.Post, "/confirm", null, Json(new { key = fields["key"] }))).ShouldBe(200);

        var record = await App.RecordAsync(confirmed["id"]!);
        (record.Status, record.FileName, record.ContentType, record.Owner)
            .Should().Be((UploadStatus.Ready, "holiday.png", "image/png", "ada"));
    }

    [Fact]
    public async Task Sign_SizeGivenByThePage_GoesByPutWhereAllowed()
    {
        var pictures = App.ClientOf("/pictures").As("ada");
        var signed = (await SignAsync(pictures, new
        {
            method = "PUT",
            key = "7",
            filename = "holiday.png",
            size = TestFiles.Png().Length,
            contentType = "image/png",
        })).ShouldBe(200);
        signed["method"].Should().Be("PUT");

        var headers = signed.Json.GetProperty("headers").EnumerateObject()
            .ToDictionary(header => header.Name, header => header.Value.GetString()!);
        (await StorageClient.PutAsync(signed["url"]!, headers, TestFiles.Png())).ShouldBe(200);

        (await pictures.SendAsync(HttpMethod.Post, "/confirm", null, Json(new { key = signed["key"] }))).ShouldBe(200)["status"]
            .Should().Be("ready");
        (await SignAsync(pictures, new { method = "PUT", key = "holiday.png", contentType = "image/png" })).ShouldBe(400)["error"]
            .Should().Contain("size is missing");
    }

    [Fact]
    public async Task Multipart_OnlyPartBytesGoToS3()
    {
        var (key, uploadId) = await CreateAsync(metadata: new { album = "2026" });
        var eTag1 = await PutPartAsync(key, uploadId, 1, File[..PartSize]);
        var eTag2 = await PutPartAsync(key, uploadId, 2, File[PartSize..]);

        var listed = (await CallAsync(await SignAsync(Ada, new { method = "GET", key, uploadId }), HttpMethod.Get)).ShouldBe(200);
        Xml(listed, "ListPartsResult").Elements(S3 + "Part")
            .Select(part => ((int)part.Element(S3 + "PartNumber")!, (long)part.Element(S3 + "Size")!, (string)part.Element(S3 + "ETag")!))
            .Should().Equal((1, PartSize, eTag1), (2, 100, eTag2));
        var completed = await CompleteAsync(key, uploadId, eTag1.Trim('"'), eTag2);

        var result = Xml(completed.ShouldBe(200), "CompleteMultipartUploadResult");
        var record = await App.RecordAsync(key);
        ((string?)result.Element(S3 + "Key")).Should().Be(record.StagingKey);
        ((string?)result.Element(S3 + "Location")).Should().EndWith(record.StagingKey).And.NotContain("?");
        (record.Status, record.Size, record.Owner, record.FileName).Should().Be((UploadStatus.Ready, (long)File.Length, "ada", "film.bin"));
        record.Metadata.Should().Contain("album", "2026");
        (await CompleteAsync(key, uploadId, eTag1, eTag2)).ShouldBe(200).Text
            .Should().Be(completed.Text, "a second complete gives the same answer");
    }

    [Fact]
    public async Task Create_RetriedAfterALostResponse_StartsOneUpload()
    {
        var signed = (await SignAsync(Ada, new { method = "POST", key = "film.bin" })).ShouldBe(200);
        var first = (await CallAsync(signed, HttpMethod.Post, Body("application/octet-stream"))).ShouldBe(200);

        (await CallAsync(signed, HttpMethod.Post, Body("application/octet-stream"))).ShouldBe(200).Text.Should().Be(first.Text);
    }

    [Fact]
    public async Task Create_ConcurrentWithOneTicket_StartsOneUpload()
    {
        var signed = (await SignAsync(Ada, new { method = "POST", key = "film.bin" })).ShouldBe(200);
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(_ => CallAsync(signed, HttpMethod.Post, Body("application/octet-stream"))));

        answers.Should().OnlyContain(answer => answer.Code == 200 || answer.Code == 503);
        answers.Where(answer => answer.Code == 200).Select(answer => answer.Text).Distinct().Should().ContainSingle();
    }

    [Fact]
    public async Task Create_TypeInTheCall_IsCheckedAgainstTheProfile()
    {
        var signed = (await SignAsync(Ada, new { method = "POST", key = "a.exe" })).ShouldBe(200);

        var refused = (await CallAsync(signed, HttpMethod.Post, Body("application/x-msdownload"))).ShouldBe(400);

        refused.Header("content-type").Should().Be("application/xml", "Uppy reads no error under another name");
        var error = XDocument.Parse(refused.Text).Root!;
        ((string?)error.Element("Code")).Should().Be("TypeNotAllowed");
        ((string?)error.Element("Message")).Should().Contain("does not accept");
    }

    [Fact]
    public async Task Sign_CallsTheAuthorizerFirst()
    {
        (await SignAsync(Ada, new { method = "PUT", key = "secret.png", contentType = "image/png" })).ShouldBe(403)["error"]
            .Should().Contain("may not");
        (await SignAsync(Ada, new { method = "POST", key = "7", filename = "secret.bin" })).ShouldBe(403)["error"]
            .Should().Contain("may not");

        _asked.Should().Equal("secret.png", "secret.bin");
    }

    [Fact]
    public async Task Calls_ByAnotherUser_LookLikeUnknownUploads()
    {
        var (key, uploadId) = await CreateAsync();
        var unknown = (await SignAsync(Eve, new { method = "GET", key = UploadId.Create(DateTimeOffset.UtcNow).ToString(), uploadId }))
            .ShouldBe(400).Text;
        var record = await App.RecordAsync(key);

        foreach (var named in new[] { key, record.StagingKey, $"{key}/", "" })
        {
            (await SignAsync(Eve, new { method = "GET", key = named, uploadId })).ShouldBe(400).Text.Should().Be(unknown);
            (await SignAsync(Eve, new { method = "PUT", key = named, uploadId, partNumber = 1 })).ShouldBe(400).Text.Should().Be(unknown);
            (await SignAsync(Eve, new { method = "POST", key = named, uploadId })).ShouldBe(400).Text.Should().Be(unknown);
            (await SignAsync(Eve, new { method = "DELETE", key = named, uploadId })).ShouldBe(400).Text.Should().Be(unknown);
            (await SignAsync(Eve, new { method = "DELETE", key = named })).ShouldBe(400).Text.Should().Be(unknown);
        }

        (await SignAsync(Ada, new { method = "GET", key, uploadId = "another" })).ShouldBe(400).Text.Should().Be(unknown);
        (await App.ClientOf("/uppy").SendAsync(HttpMethod.Post, "/sign", null, Json(new { method = "GET", key, uploadId }))).ShouldBe(401);
    }

    [Fact]
    public async Task Ticket_ForAnotherCall_IsRefused()
    {
        var (key, uploadId) = await CreateAsync();
        var toList = await SignAsync(Ada, new { method = "GET", key, uploadId });
        var altered = new Dictionary<string, string> { ["Upload-Ticket"] = TicketOf(toList)[..^4] + "AAA=" };

        (await CallAsync(toList, HttpMethod.Delete)).ShouldBe(403).Text.Should().Contain("AccessDenied");
        (await CallAsync(toList, HttpMethod.Post, Body("application/xml"))).ShouldBe(403);
        (await App.ClientOf("").SendAsync(HttpMethod.Get, "/uppy/sign/s3")).ShouldBe(403);
        (await new UploadClient(App.Http, "") { Headers = altered }.SendAsync(HttpMethod.Get, "/uppy/sign/s3")).ShouldBe(403);
        (await new UploadClient(App.Http, "") { Headers = new() { ["Upload-Ticket"] = "no base64" } }.SendAsync(
            HttpMethod.Get, "/uppy/sign/s3")).ShouldBe(403);
        (await CallAsync(toList, HttpMethod.Get)).ShouldBe(200);
    }

    [Fact]
    public async Task Abort_LeavesNoPartsAndKeepsFinishedFiles()
    {
        var (key, uploadId) = await CreateAsync();
        var eTag = await PutPartAsync(key, uploadId, 1, [1]);
        var toAbort = (await SignAsync(Ada, new { method = "DELETE", key, uploadId })).ShouldBe(200);
        var (finished, finishedId) = await CreateAsync();
        await CompleteAsync(finished, finishedId, await PutPartAsync(finished, finishedId, 1, [1, 2]));

        (await CallAsync(toAbort, HttpMethod.Delete)).ShouldBe(204);
        (await CallAsync(
            await SignAsync(Ada, new { method = "DELETE", key = finished, uploadId = finishedId }), HttpMethod.Delete)).ShouldBe(204);

        (await CompleteAsync(key, uploadId, eTag)).ShouldBe(400).Text.Should().Contain("aborted");
        (await App.RecordAsync(key)).Status.Should().Be(UploadStatus.Aborted);
        (await App.RecordAsync(finished)).Status.Should().Be(UploadStatus.Ready);
        (await CallAsync(await SignAsync(Ada, new { method = "DELETE", key = finished }), HttpMethod.Delete)).ShouldBe(204);
        (await App.RecordAsync(finished)).Status.Should().Be(UploadStatus.Deleted);
    }

    [Theory]
    [InlineData("<CompleteMultipartUpload><Part><PartNumber>1</PartNumber></Part></CompleteMultipartUpload>", "ETag")]
    [InlineData("<CompleteMultipartUpload><Part><PartNumber>one</PartNumber><ETag>a</ETag></Part></CompleteMultipartUpload>", "ETag")]
    [InlineData("<CompleteMultipartUpload>", "well-formed")]
    [InlineData("<!DOCTYPE a [<!ENTITY b \"c\">]><CompleteMultipartUpload>&b;</CompleteMultipartUpload>", "well-formed")]
    [InlineData("<Delete/>", "not a CompleteMultipartUpload")]
    public async Task Complete_MalformedBody_ChangesNothing(string body, string why)
    {
        var (key, uploadId) = await CreateAsync();
        var signed = await SignAsync(Ada, new { method = "POST", key, uploadId });

        (await CallAsync(signed, HttpMethod.Post, new StringContent(body, Encoding.UTF8, "application/xml"))).ShouldBe(400).Text
            .Should().Contain("MalformedXML").And.Contain(why);

        (await App.RecordAsync(key)).Status.Should().Be(UploadStatus.Requested);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"method":"PATCH","key":"a"}""")]
    [InlineData("""{"method":"GET","key":"a"}""")]
    [InlineData("""{"method":"PUT","key":"a","uploadId":"b"}""")]
    public async Task Sign_RequestUppyWouldNotSend_IsABadRequest(string json) =>
        (await Ada.SendAsync(HttpMethod.Post, "/sign", null, new StringContent(json, Encoding.UTF8, "application/json")))
            .ShouldBe(400)["error"].Should().Contain("Uppy's request");

    private static StringContent Json(object body) => new(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");

    private static ByteArrayContent Body(string type) => new([]) { Headers = { ContentType = new(type) } };

    private static string TicketOf(ApiResponse signed) => signed.Json.GetProperty("headers").GetProperty("Upload-Ticket").GetString()!;

    private static XElement Xml(ApiResponse answer, string root)
    {
        answer.Header("content-type").Should().Be("application/xml");
        return XDocument.Parse(answer.Text).Element(S3 + root)!;
    }

    private static Task<ApiResponse> SignAsync(UploadClient client, object request) =>
        client.SendAsync(HttpMethod.Post, "/sign", null, Json(request));

    /// <summary>As Uppy does it: to the URL, with the headers, and with nothing that says who it is.</summary>
    private Task<ApiResponse> CallAsync(ApiResponse signed, HttpMethod method, HttpContent? body = null) =>
        new UploadClient(App.Http, "") { Headers = new() { ["Upload-Ticket"] = TicketOf(signed.ShouldBe(200)) } }.SendAsync(
            method, signed["url"]!, null, body);

    private async Task<(string Key, string UploadId)> CreateAsync(object? metadata = null)
    {
        var signed = (await SignAsync(
            Ada, new { method = "POST", key = "0b6e5a7e-4c5f-4c3c-8a6e-0f6f1c1d2e3f-film.bin", metadata })).ShouldBe(200);
        var created = (await CallAsync(signed, HttpMethod.Post, Body("application/octet-stream"))).ShouldBe(200);
        return (signed["key"]!, (string)Xml(created, "InitiateMultipartUploadResult").Element(S3 + "UploadId")!);
    }

    private async Task<string> PutPartAsync(string key, string uploadId, int partNumber, byte[] bytes)
    {
        var signed = (await SignAsync(Ada, new { method = "PUT", key, uploadId, partNumber })).ShouldBe(200);
        return (await StorageClient.PutAsync(signed["url"]!, [], bytes)).ShouldBe(200).Header("etag")!;
    }

    private async Task<ApiResponse> CompleteAsync(string key, string uploadId, params string[] eTags)
    {
        var parts = eTags.Select((eTag, at) => $"<Part><PartNumber>{at + 1}</PartNumber><ETag>{eTag}</ETag></Part>");
        var body = new StringContent(
            $"<CompleteMultipartUpload>{string.Concat(parts)}</CompleteMultipartUpload>", Encoding.UTF8, "application/xml");
        return await CallAsync(await SignAsync(Ada, new { method = "POST", key, uploadId }), HttpMethod.Post, body);
    }
}
