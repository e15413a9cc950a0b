#pragma warning disable RCS0056 // Lines of data are kept whole.
using System.Net.Http.Headers;
using System.Text;
using DirectUpload.AspNetCore;
using Microsoft.AspNetCore.Builder;

namespace DirectUpload.Security.Tests.Fuzzing;

/// <summary>Every endpoint, over a real connection: whatever comes, the answer is a refusal or a success, never a fault.</summary>
[Collection(nameof(SequentialTestCollection))]
public sealed class EndpointFuzzTests(LocalS3Fixture server) : FlowTests(server), IClassFixture<LocalS3Fixture>
{
    private const string Secret = "correct-horse-battery-staple";

    protected override TestHostOptions HostOptions => new()
    {
        Uploads = options =>
        {
            options.ConcurrentConfirmTimeout = TimeSpan.Zero;
            options.AddProfile("few", few =>
            {
                few.ContentTypes.Add("*/*");
                few.UploadMethod = UploadMethod.Post;
                few.ClientsMayAssociate = true;
                few.MaxPendingUploadsPerOwner = 50;
                few.KeyTemplate = "{profile}/{owner}/{id}-{name}{ext}";
            });
        },
        Map = app =>
        {
            app.MapDirectUploads("/uploads", o => o.ContentDelivery = ContentDelivery.Stream).AllowAnonymous();
            app.MapUppyUploads("/uppy", "few").AllowAnonymous();
            app.MapStorageEvents("/storage-events", o =>
            {
                o.Secret = Secret;
                o.SnsTopics.Add("arn:aws:sns:eu-west-1:123456789012:uploads");
            });
        },
    };

    [Fact]
    public Task Request_MutatedBody_NeverFails() => Fuzzer.RunAsync(15, async mutator =>
    {
        var body = mutator.Mutate(Encoding.UTF8.GetBytes(mutator.Choose(
        [
            """{"profile":"few","fileName":"a.png","contentType":"image/png","size":1000,"metadata":{"a":"b"},"association":{"type":"t","id":"1"},"method":"post"}""",
            """{"profile":"few","fileName":"写真 'x' %.png","contentType":"text/plain; charset=utf-8","size":1,"checksumSha256":"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="}""",
        ])));
        var answer = await SendAsync(HttpMethod.Post, "/uploads", body, "application/json");
        if (answer.Code != 201)
            return;
        var record = await App.RecordAsync(answer["id"]!);
        record.FinalKey.Should().MatchRegex($"^few/[^/]+/{answer["id"]}-[^/]*$");
        Encoding.UTF8.GetByteCount(record.FinalKey).Should().BeLessThanOrEqualTo(1024);
        answer.Json.GetProperty("upload").GetProperty("fields").GetProperty("key").GetString().Should().Be(record.StagingKey);
    });

    [Fact]
    public Task Batch_MutatedBody_NeverFails() => Fuzzer.RunAsync(10, async mutator =>
    {
        var body = mutator.Mutate(Encoding.UTF8.GetBytes(mutator.Choose(
        [
            """{"uploads":[{"profile":"few","fileName":"a.png","contentType":"image/png","size":1000},{"profile":"few","size":"1"},null]}""",
            """{"other":[1,{}],"uploads":[{"profile":"few","fileName":"写真.png","contentType":"text/plain","size":1,"metadata":{"a":"b"}}]}""",
        ])));
        var answer = await SendAsync(HttpMethod.Post, "/uploads/batch", body, "application/json");
        if (answer.Code != 200)
            return;
        foreach (var item in answer.Json.GetProperty("uploads").EnumerateArray().Where(item => item.TryGetProperty("problem", out _)))
            item.GetProperty("problem").GetProperty("status").GetInt32().Should().BeLessThan(500, item.GetRawText());
    });

    [Fact]
    public async Task TokenCalls_MutatedBodies_NeverFail()
    {
        var grant = await Client.GrantAsync(new() { Profile = "film", ContentType = "video/mp4", FileName = "a.mp4", Size = 6_000_000 });
        var (paths, bodies) = (new[] { "/confirm", "/parts", "/renew" }, new[]
        {
            """{"parts":[{"partNumber":1,"etag":"\"x\""}]}""", """{"partNumbers":[1,2]}""", """{"from":1,"to":2}""",
            """{"partNumbers":[1],"checksumsSha256":{"1":"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="}}""",
        });
        await Fuzzer.RunAsync(15, mutator =>
            SendAsync(
                HttpMethod.Post, $"/uploads/{grant.Id}{mutator.Choose(paths)}",
                mutator.Mutate(Encoding.UTF8.GetBytes(mutator.Choose(bodies))), "application/json", ("Upload-Token", grant.WriteToken)));
    }

    [Fact]
    public async Task Content_MutatedHeaders_NeverFails()
    {
        var grant = await ReadyAsync(TestFiles.Png());
        await Fuzzer.RunAsync(10, async mutator =>
        {
            var answer = await SendAsync(
                HttpMethod.Get, $"/uploads/{grant.Id}/content?variant={Uri.EscapeDataString(mutator.Choose(["", "thumb"]))}", null, null,
                ("Upload-Token", grant.ReadToken), (mutator.Choose(["Range", "If-None-Match", "If-Range", "Last-Event-ID"]),
                    mutator.MutateText(mutator.Choose(["bytes=0-9", "bytes=-5", "bytes=1-2,3-4", "\"etag\"", "W/\"x\", *"]))));
            if (answer.Code == 206)
                answer.Body.Length.Should().BeInRange(1, 1000);
        });
    }

    [Fact]
    public Task Uppy_MutatedCalls_NeverFail() => Fuzzer.RunAsync(15, async mutator =>
    {
        var json = mutator.Mutate(Encoding.UTF8.GetBytes(mutator.Choose(
        [
            """{"method":"PUT","key":"a.png","contentType":"image/png","filename":"a.png","size":10}""",
            """{"method":"POST","key":"a","uploadId":"1"}""", """{"parts":[{"PartNumber":1,"ETag":"x"}]}""",
            """{"filename":"a.png","type":"image/png","metadata":{"name":"a"}}""",
            """{"key":"staging/few/0198c0de00000000000000000000beef.png"}""",
        ])));
        await SendAsync(
            HttpMethod.Post, mutator.Choose(["/uppy/sign", "/uppy/s3/multipart", "/uppy/s3/multipart/1/complete?key=a", "/uppy/confirm"]),
            json, "application/json");
        await SendAsync(HttpMethod.Get, "/uppy/s3/params?" +
            Uri.EscapeDataString(mutator.MutateText("filename=a.png&type=image/png")).Replace("%3D", "=").Replace("%26", "&"), null, null);
        await SendAsync(
            HttpMethod.Post, "/uppy/sign/s3?uploadId=1",
            mutator.Mutate(
                "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>\"x\"</ETag></Part></CompleteMultipartUpload>"u8.ToArray()),
            "application/xml", ("Upload-Ticket", mutator.MutateText("AAAA")));
    });

    [Fact]
    public Task StorageEvents_MutatedMessages_NeverFail() => Fuzzer.RunAsync(5, async mutator =>
    {
        await SendAsync(
            HttpMethod.Post, "/storage-events",
            mutator.Mutate(
                """{"Records":[{"eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"b"},"object":{"key":"0198c0de00000000000000000000beef"}}}]}"""u8.ToArray()),
            null, ("Authorization", "Bearer " + Secret));
        await SendAsync(
            HttpMethod.Post, "/storage-events",
            mutator.Mutate(
                """{"Type":"Notification","MessageId":"1","TopicArn":"arn:aws:sns:eu-west-1:123456789012:uploads","Message":"x","Timestamp":"t","SignatureVersion":"1","Signature":"AAAA","SigningCertURL":"http://127.0.0.1/a.pem"}"""u8.ToArray()),
            null, ("x-amz-sns-message-type", "Notification"));
    });

    [Fact]
    public Task Url_MutatedPath_NeverFails() => Fuzzer.RunAsync(5, mutator =>
        SendAsync(
            mutator.Choose([HttpMethod.Get, HttpMethod.Post, HttpMethod.Delete]),
            "/uploads/" + Uri.EscapeDataString(mutator.MutateText("0198c0de00000000000000000000beef/content")).Replace("%2F", "/"), null,
            null, ("Upload-Token", UploadToken.Create().Value)));

    private async Task<ApiResponse> SendAsync(
        HttpMethod method, string path, byte[]? body, string? type, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(App.Http.BaseAddress + path.TrimStart('/')));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            if (type is not null)
                request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        }

        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, string.Concat(value.Where(c => c is >= ' ' and <= '~')));
        using var response = await App.Http.SendAsync(request);
        var answer = await ApiResponse.FromAsync(response);
        answer.Code.Should().BeLessThan(
            500, "{0} {1} {2}: {3}", method, path, body is null ? "" : Convert.ToBase64String(body), answer.Text);
        answer.Text.Should().NotContain("   at DirectUpload");
        return answer;
    }
}
