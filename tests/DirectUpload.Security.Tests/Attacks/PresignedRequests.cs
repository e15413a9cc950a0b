using DirectUpload.Processing;
using DirectUpload.Security.Tests.Table;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.Security.Tests.Attacks;

/// <summary>What the holder of a presigned request can do with it, against the server itself.</summary>
public abstract class PresignedRequests(S3ServerFixture server) : FlowSuite(server)
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);

    protected override HostChoices Choices => new() { Services = services => services.AddSingleton<TimeProvider>(_clock), Uploads = options => options.ConfirmWait = TimeSpan.Zero };

    [Fact]
    [Attack("sending other bytes by the same URL once the first were checked", "what is served is a copy at a key that was never signed; only the staging key changes")]
    public async Task Replay_after_confirm()
    {
        var grant = await ReadyAsync(Bytes.Png(filler: 1));

        await Browser.UploadAsync(grant, Bytes.Program());
        await Client.ConfirmAsync(grant);

        (await ContentAsync(grant)).Body.Should().Equal(Bytes.Png(filler: 1));
    }

    [Fact]
    [Attack("swapping the bytes again and again while they are being checked", "the copy is pinned to the ETag that was verified, and the copy is what is inspected")]
    public async Task Swapping_during_confirm()
    {
        for (var round = 0; round < 5; round++)
        {
            var grant = await UploadedAsync(Bytes.Png(filler: 1));
            using var stop = new CancellationTokenSource();
            var swapping = Task.Run(async () =>
            {
                for (var i = 0; !stop.IsCancellationRequested; i++)
                    await Browser.UploadAsync(grant, i % 2 == 0 ? Bytes.Program() : Bytes.Png(filler: 2));
            });
            var confirmed = await Client.ConfirmAsync(grant);
            await stop.CancelAsync();
            await swapping;

            if (confirmed.Code == 200 && confirmed["status"] == "ready")
                (await ContentAsync(grant)).Body.Take(8).Should().Equal(Bytes.Png().Take(8), "whichever it was, it was inspected");
            else
                confirmed.Code.Should().BeOneOf(409, 422, 202);
        }
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("DELETE")]
    [InlineData("POST")]
    [Attack("using a presigned PUT for another method: to read, delete or post", "the method is signed")]
    public async Task Another_method(string method)
    {
        var grant = await UploadedAsync(Bytes.Png());
        using var request = new HttpRequestMessage(new HttpMethod(method), grant.Url);
        using var answer = await Server.Http.SendAsync(request, TestContext.Current.CancellationToken);

        ((int)answer.StatusCode).Should().BeInRange(400, 499);
        (await KeysOfAsync(grant)).Should().HaveCount(1);
    }

    [Fact]
    [Attack("writing to the key that is served, by changing the key in a presigned URL", "the key is signed")]
    public async Task Another_key()
    {
        var grant = await ReadyAsync(Bytes.Png(filler: 1));
        var record = await App.RecordAsync(grant.Id);
        foreach (var key in new[] { record.FinalKey, record.StagingKey + ".bak", record.StagingKey + "/../../" + record.FinalKey, "staging/picture/" })
            (await Browser.PutAsync(grant.Url.Replace(record.StagingKey, key, StringComparison.Ordinal), grant.Headers, Bytes.Png(filler: 2))).Code.Should().BeInRange(400, 499, key);

        (await ContentAsync(grant)).Body.Should().Equal(Bytes.Png(filler: 1));
    }

    [Theory]
    [InlineData(999)]
    [InlineData(1001)]
    [InlineData(0)]
    [InlineData(200_000)]
    [Attack("sending more, or less, than was granted by PUT", "the exact length is signed")]
    public async Task Another_size_by_put(int size)
    {
        var grant = await Client.GrantAsync();
        var bytes = new byte[size];
        Bytes.Png(Math.Max(100, size)).AsSpan(0, size).CopyTo(bytes);

        (await Browser.PutAsync(grant.Url, grant.Headers, bytes)).Code.Should().BeInRange(400, 499);
        (await KeysOfAsync(grant)).Should().BeEmpty();
    }

    [Fact]
    [Attack("sending without a length, in chunks, to get around the signed length", "storage wants the length that was signed, and chunks have none")]
    public async Task Chunked_put()
    {
        var grant = await Client.GrantAsync();
        using var request = new HttpRequestMessage(HttpMethod.Put, grant.Url) { Content = new StreamContent(new MemoryStream(Bytes.Png(150_000))) };
        request.Headers.TransferEncodingChunked = true;
        foreach (var (name, value) in grant.Headers.Where(header => !header.Key.Equals("content-length", StringComparison.OrdinalIgnoreCase)))
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await Server.Http.SendAsync(request, TestContext.Current.CancellationToken);

        ((int)answer.StatusCode).Should().BeInRange(400, 599);
        (await KeysOfAsync(grant)).Should().BeEmpty();
    }

    [Fact]
    [Attack("sending another content type than was granted, so that a browser shows the file as a page", "the type is signed, and the copy gets the record's own")]
    public async Task Another_type()
    {
        var grant = await Client.GrantAsync();
        var headers = new Dictionary<string, string>(grant.Headers);
        foreach (var name in headers.Keys.Where(name => name.Equals("content-type", StringComparison.OrdinalIgnoreCase)).ToArray())
            headers[name] = "text/html";

        (await Browser.PutAsync(grant.Url, headers, Bytes.Png())).Code.Should().BeInRange(400, 499);
    }

    [Theory]
    [InlineData("x-amz-acl", "public-read")]
    [InlineData("x-amz-meta-owner", "admin")]
    [InlineData("x-amz-website-redirect-location", "https://evil.example/")]
    [InlineData("x-amz-storage-class", "GLACIER")]
    [InlineData("x-amz-tagging", "admin=true")]
    [Attack("adding headers that storage obeys: an ACL, a redirect, metadata, another storage class", "either storage refuses what was not signed, or the copy that is served has none of it")]
    public async Task Further_headers(string name, string value)
    {
        var grant = await Client.GrantAsync();
        var answer = await Browser.PutAsync(grant.Url, new Dictionary<string, string>(grant.Headers) { [name] = value }, Bytes.Png());
        if (answer.Code >= 400)
            return;
        (await Client.ConfirmAsync(grant)).ShouldBe(200);

        var served = await Server.S3.GetObjectMetadataAsync(Bucket, (await App.RecordAsync(grant.Id)).FinalKey, TestContext.Current.CancellationToken);
        served.Metadata.Keys.Should().BeEmpty();
        served.WebsiteRedirectLocation.Should().BeNullOrEmpty();
        (served.StorageClass?.Value ?? "STANDARD").Should().Be("STANDARD");
        using var anonymous = await Server.Http.GetAsync(new Uri($"{Server.Endpoint}/{Bucket}/{(await App.RecordAsync(grant.Id)).FinalKey}"), TestContext.Current.CancellationToken);
        ((int)anonymous.StatusCode).Should().BeInRange(400, 499, "nobody reads it without a signature");
    }

    [Fact]
    [Attack("widening a POST policy by further or other fields", "each field must be in the policy, and the policy is signed")]
    public async Task Widening_a_form()
    {
        var grant = await Client.GrantAsync(Wanted.Form);
        (string Name, string Value)[] changes =
        [
            ("key", "staging/form/other.png"), ("key", "form/served.png"), ("Content-Type", "text/html"), ("acl", "public-read"), ("x-amz-meta-owner", "admin"),
            ("success_action_redirect", "https://evil.example/"), ("x-amz-date", "20300101T000000Z"), ("policy", Convert.ToBase64String("""{"expiration":"2099-01-01T00:00:00Z","conditions":[]}"""u8.ToArray())),
        ];
        foreach (var (name, value) in changes)
        {
            var fields = grant.Fields.Where(field => !field.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).ToDictionary();
            fields[name] = value;
            (await Browser.PostAsync(grant.Url, fields, Bytes.Png())).Code.Should().BeInRange(400, 499, name);
        }
    }

    [Fact]
    [Attack("posting a file of another size than was granted", "the policy's content-length-range is the size")]
    public async Task Another_size_by_form()
    {
        var grant = await Client.GrantAsync(Wanted.Form);
        foreach (var size in new[] { 100, 999, 1001, 300_000 })
            (await Browser.PostAsync(grant.Url, grant.Fields, Bytes.Png(size))).Code.Should().BeInRange(400, 499, "{0} bytes", size);
    }

    [Fact]
    [Attack("sending a part of an upload to the key of another one, or under somebody's upload id", "key, upload id, number and length of each part are signed")]
    public async Task Parts_of_others()
    {
        var film = new Wanted { Profile = "film", ContentType = "video/mp4", FileName = "a.mp4", Size = 6_000_000 };
        var (mine, theirs) = (await Client.GrantAsync(film), await Client.GrantAsync(film));
        var (myKey, theirKey) = ((await App.RecordAsync(mine.Id)).StagingKey, (await App.RecordAsync(theirs.Id)).StagingKey);
        var (myId, theirId) = ((await App.RecordAsync(mine.Id)).Parts!.MultipartId!, (await App.RecordAsync(theirs.Id)).Parts!.MultipartId!);
        var part = mine.Upload.GetProperty("parts")[0];
        var url = part.GetProperty("url").GetString()!;
        var bytes = new byte[5 * 1024 * 1024];

        foreach (var changed in new[]
        {
            url.Replace(myKey, theirKey, StringComparison.Ordinal), url.Replace(Uri.EscapeDataString(myId), Uri.EscapeDataString(theirId), StringComparison.Ordinal),
            url.Replace(myKey, theirKey, StringComparison.Ordinal).Replace(Uri.EscapeDataString(myId), Uri.EscapeDataString(theirId), StringComparison.Ordinal),
            url.Replace("partNumber=1", "partNumber=7", StringComparison.Ordinal),
        })
        {
            changed.Should().NotBe(url);
            (await Browser.PutAsync(changed, [], bytes)).Code.Should().BeInRange(400, 499);
        }
    }

    [Fact]
    [Attack("writing the object back after it was deleted, while the URL still works", "the worker comes back when the URL has ended, and deletes what is there")]
    public async Task Late_put_after_delete()
    {
        var grant = await ReadyAsync(Bytes.Png());
        (await Client.DeleteAsync(grant)).ShouldBe(204);
        await Browser.UploadAsync(grant, Bytes.Program());
        (await KeysOfAsync(grant)).Should().HaveCount(1);
        (await Client.ConfirmAsync(grant)).ShouldBeProblem(409, "conflict");
        (await Client.ContentAsync(grant)).ShouldBeProblem(410, "deleted");

        await SweepAsync();

        (await KeysOfAsync(grant)).Should().BeEmpty();
    }

    [Fact]
    [Attack("sending a file after the grant ran out, from a connection that was opened in time, for free storage", "the worker looks an hour later once more, and deletes it")]
    public async Task Late_put_after_expiry()
    {
        var grant = await Client.GrantAsync();
        _clock.Advance(TimeSpan.FromMinutes(16));
        (await Client.ConfirmAsync(grant)).ShouldBeProblem(410, "expired");
        await Browser.UploadAsync(grant, Bytes.Png());

        await SweepAsync();

        (await KeysOfAsync(grant)).Should().BeEmpty();
    }

    private async Task SweepAsync()
    {
        _clock.Advance(TimeSpan.FromHours(3));
        await App.Services.GetRequiredService<UploadWorker>().RunOnceAsync(TestContext.Current.CancellationToken);
    }
}

public sealed class PresignedRequestsOnLocalS3(LocalS3Fixture server) : PresignedRequests(server), IClassFixture<LocalS3Fixture>;

public sealed class PresignedRequestsOnRgw(RgwFixture server) : PresignedRequests(server), IClassFixture<RgwFixture>;
