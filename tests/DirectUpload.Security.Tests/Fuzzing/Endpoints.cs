using System.Net.Http.Headers;
using System.Text;
using DirectUpload.AspNetCore;
using DirectUpload.Uploads;
using Microsoft.AspNetCore.Builder;

namespace DirectUpload.Security.Tests.Fuzzing;

/// <summary>Every endpoint, over a real connection: whatever comes, the answer is a refusal or a success, never a fault.</summary>
[Collection(nameof(Alone))]
public sealed class Endpoints(LocalS3Fixture server) : FlowSuite(server), IClassFixture<LocalS3Fixture>
{
    private const string Secret = "correct-horse-battery-staple";

    protected override HostChoices Choices => new()
    {
        Uploads = options =>
        {
            options.ConfirmWait = TimeSpan.Zero;
            options.AddProfile("few", few =>
            {
                few.ContentTypes.Add("*/*");
                few.Method = UploadMethod.Post;
                few.ClientsMayAssociate = true;
                few.MaxPendingUploads = 50;
                few.KeyTemplate = "{profile}/{owner}/{id}-{name}{ext}";
            });
        },
        Map = app =>
        {
            app.MapDirectUploads("/uploads", o => o.Content = ContentDelivery.Proxy).AllowAnonymous();
            app.MapUppyUploads("/uppy", "few").AllowAnonymous();
            app.MapStorageEvents("/storage-events", o =>
            {
                o.Secret = Secret;
                o.SnsTopics.Add("arn:aws:sns:eu-west-1:123456789012:uploads");
            });
        },
    };

    [Fact]
    public Task Requests() => Fuzzed.ManyAsync(15, async mutator =>
    {
        var body = mutator.Broken(Encoding.UTF8.GetBytes(mutator.OneOf(
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
    public async Task Calls_with_a_token()
    {
        var grant = await Client.GrantAsync(new() { Profile = "film", ContentType = "video/mp4", FileName = "a.mp4", Size = 6_000_000 });
        var (paths, bodies) = (new[] { "/confirm", "/parts", "/renew" }, new[] { """{"parts":[{"partNumber":1,"etag":"\"x\""}]}""", """{"partNumbers":[1,2]}""", """{"from":1,"to":2}""", """{"partNumbers":[1],"checksumsSha256":{"1":"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="}}""" });
        await Fuzzed.ManyAsync(15, mutator =>
            SendAsync(HttpMethod.Post, $"/uploads/{grant.Id}{mutator.OneOf(paths)}", mutator.Broken(Encoding.UTF8.GetBytes(mutator.OneOf(bodies))), "application/json", ("Upload-Token", grant.WriteToken)));
    }

    [Fact]
    public async Task Content_and_its_ranges()
    {
        var grant = await ReadyAsync(Bytes.Png());
        await Fuzzed.ManyAsync(10, async mutator =>
        {
            var answer = await SendAsync(HttpMethod.Get, $"/uploads/{grant.Id}/content?variant={Uri.EscapeDataString(mutator.OneOf(["", "thumb"]))}", null, null,
                ("Upload-Token", grant.ReadToken), (mutator.OneOf(["Range", "If-None-Match", "If-Range", "Last-Event-ID"]), mutator.BrokenText(mutator.OneOf(["bytes=0-9", "bytes=-5", "bytes=1-2,3-4", "\"etag\"", "W/\"x\", *"]))));
            if (answer.Code == 206)
                answer.Body.Length.Should().BeInRange(1, 1000);
        });
    }

    [Fact]
    public Task Uppys() => Fuzzed.ManyAsync(15, async mutator =>
    {
        var json = mutator.Broken(Encoding.UTF8.GetBytes(mutator.OneOf(
        [
            """{"method":"PUT","key":"a.png","contentType":"image/png","filename":"a.png","size":10}""", """{"method":"POST","key":"a","uploadId":"1"}""", """{"parts":[{"PartNumber":1,"ETag":"x"}]}""",
            """{"filename":"a.png","type":"image/png","metadata":{"name":"a"}}""", """{"key":"staging/few/0198c0de00000000000000000000beef.png"}""",
        ])));
        await SendAsync(HttpMethod.Post, mutator.OneOf(["/uppy/sign", "/uppy/s3/multipart", "/uppy/s3/multipart/1/complete?key=a", "/uppy/confirm"]), json, "application/json");
        await SendAsync(HttpMethod.Get, "/uppy/s3/params?" + Uri.EscapeDataString(mutator.BrokenText("filename=a.png&type=image/png")).Replace("%3D", "=").Replace("%26", "&"), null, null);
        await SendAsync(HttpMethod.Post, "/uppy/sign/s3?uploadId=1", mutator.Broken("<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>\"x\"</ETag></Part></CompleteMultipartUpload>"u8.ToArray()), "application/xml", ("Upload-Ticket", mutator.BrokenText("AAAA")));
    });

    [Fact]
    public Task Storages() => Fuzzed.ManyAsync(5, async mutator =>
    {
        await SendAsync(HttpMethod.Post, "/storage-events", mutator.Broken("""{"Records":[{"eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"b"},"object":{"key":"0198c0de00000000000000000000beef"}}}]}"""u8.ToArray()), null, ("Authorization", "Bearer " + Secret));
        await SendAsync(HttpMethod.Post, "/storage-events", mutator.Broken("""{"Type":"Notification","MessageId":"1","TopicArn":"arn:aws:sns:eu-west-1:123456789012:uploads","Message":"x","Timestamp":"t","SignatureVersion":"1","Signature":"AAAA","SigningCertURL":"http://127.0.0.1/a.pem"}"""u8.ToArray()), null, ("x-amz-sns-message-type", "Notification"));
    });

    [Fact]
    public Task Addresses() => Fuzzed.ManyAsync(5, mutator =>
        SendAsync(mutator.OneOf([HttpMethod.Get, HttpMethod.Post, HttpMethod.Delete]), "/uploads/" + Uri.EscapeDataString(mutator.BrokenText("0198c0de00000000000000000000beef/content")).Replace("%2F", "/"), null, null, ("Upload-Token", UploadToken.New().Value)));

    private async Task<Answer> SendAsync(HttpMethod method, string path, byte[]? body, string? type, params (string Name, string Value)[] headers)
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
        var answer = await Answer.OfAsync(response);
        answer.Code.Should().BeLessThan(500, "{0} {1} {2}: {3}", method, path, body is null ? "" : Convert.ToBase64String(body), answer.Text);
        answer.Text.Should().NotContain("   at DirectUpload");
        return answer;
    }
}
