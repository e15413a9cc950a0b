using DirectUpload.Security.Tests.Table;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.Security.Tests.Attacks;

/// <summary>What the holder of a presigned request can do with it, against the server itself.</summary>
public abstract class PresignedRequestAttacks(S3ServerFixture server) : FlowTests(server)
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);

    protected override TestHostOptions HostOptions => new()
    {
        Services = services => services.AddSingleton<TimeProvider>(_clock),
        Uploads = options => options.ConcurrentConfirmTimeout = TimeSpan.Zero,
    };

    [Fact]
    [Attack(
        "sending other bytes by the same URL after the first were verified",
        "what is served is a copy at a key that was never signed; only the staging key changes")]
    public async Task Put_AfterConfirm_DoesNotChangeServedContent()
    {
        var grant = await ReadyAsync(TestFiles.Png(filler: 1));

        await StorageClient.UploadAsync(grant, TestFiles.Executable());
        await Client.ConfirmAsync(grant);

        (await ContentAsync(grant)).Body.Should().Equal(TestFiles.Png(filler: 1));
    }

    [Fact]
    [Attack(
        "replacing the bytes repeatedly while they are being verified",
        "the copy is conditioned on the verified ETag, and the application inspects the copy")]
    public async Task Put_DuringConfirm_ServesVerifiedContentOnly()
    {
        for (var round = 0; round < 5; round++)
        {
            var grant = await UploadedAsync(TestFiles.Png(filler: 1));
            using var stop = new CancellationTokenSource();
            var swapping = Task.Run(async () =>
            {
                for (var i = 0; !stop.IsCancellationRequested; i++)
                    await StorageClient.UploadAsync(grant, i % 2 == 0 ? TestFiles.Executable() : TestFiles.Png(filler: 2));
            });
            var confirmed = await Client.ConfirmAsync(grant);
            await stop.CancelAsync();
            await swapping;

            if (confirmed.Code == 200 && confirmed["status"] == "ready")
                (await ContentAsync(grant)).Body.Take(8).Should().Equal(TestFiles.Png().Take(8), "whichever it was, it was inspected");
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
    public async Task Url_WithAnotherMethod_IsRefused(string method)
    {
        var grant = await UploadedAsync(TestFiles.Png());
        using var request = new HttpRequestMessage(new HttpMethod(method), grant.Url);
        using var answer = await Server.Http.SendAsync(request, TestContext.Current.CancellationToken);

        ((int)answer.StatusCode).Should().BeInRange(400, 499);
        (await KeysOfAsync(grant)).Should().HaveCount(1);
    }

    [Fact]
    [Attack("writing to the key that is served, by changing the key in a presigned URL", "the key is signed")]
    public async Task Url_WithAnotherKey_IsRefused()
    {
        var grant = await ReadyAsync(TestFiles.Png(filler: 1));
        var record = await App.RecordAsync(grant.Id);
        foreach (var key in new[]
        {
            record.FinalKey, record.StagingKey + ".bak", record.StagingKey + "/../../" + record.FinalKey, "staging/picture/",
        })
            (await StorageClient.PutAsync(grant.Url.Replace(record.StagingKey, key, StringComparison.Ordinal), grant.Headers, TestFiles.Png(
                filler: 2))).Code.Should().BeInRange(400, 499, key);

        (await ContentAsync(grant)).Body.Should().Equal(TestFiles.Png(filler: 1));
    }

    [Theory]
    [InlineData(999)]
    [InlineData(1001)]
    [InlineData(0)]
    [InlineData(200_000)]
    [Attack("sending more, or less, than was granted by PUT", "the exact length is signed")]
    public async Task Put_OtherSize_IsRefused(int size)
    {
        var grant = await Client.GrantAsync();
        var bytes = new byte[size];
        TestFiles.Png(Math.Max(100, size)).AsSpan(0, size).CopyTo(bytes);

        (await StorageClient.PutAsync(grant.Url, grant.Headers, bytes)).Code.Should().BeInRange(400, 499);
        (await KeysOfAsync(grant)).Should().BeEmpty();
    }

    [Fact]
    [Attack(
        "sending without a length, in chunks, to get around the signed length", "storage demands the signed length, and chunks have none")]
    public async Task Put_Chunked_IsRefused()
    {
        var grant = await Client.GrantAsync();
        using var request = new HttpRequestMessage(HttpMethod.Put, grant.Url)
        {
            Content = new StreamContent(new MemoryStream(TestFiles.Png(150_000))),
        };
        request.Headers.TransferEncodingChunked = true;
        foreach (var (name, value) in grant.Headers.Where(
            header => !header.Key.Equals("content-length", StringComparison.OrdinalIgnoreCase)))
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await Server.Http.SendAsync(request, TestContext.Current.CancellationToken);

        ((int)answer.StatusCode).Should().BeInRange(400, 599);
        (await KeysOfAsync(grant)).Should().BeEmpty();
    }

    [Fact]
    [Attack(
        "sending another content type than granted, so that a browser shows the file as a page",
        "the type is signed, and the copy gets the record's own")]
    public async Task Put_OtherContentType_IsNotServed()
    {
        var grant = await Client.GrantAsync();
        var headers = new Dictionary<string, string>(grant.Headers);
        foreach (var name in headers.Keys.Where(name => name.Equals("content-type", StringComparison.OrdinalIgnoreCase)).ToArray())
            headers[name] = "text/html";

        (await StorageClient.PutAsync(grant.Url, headers, TestFiles.Png())).Code.Should().BeInRange(400, 499);
    }

    [Theory]
    [InlineData("x-amz-acl", "public-read")]
    [InlineData("x-amz-meta-owner", "admin")]
    [InlineData("x-amz-website-redirect-location", "https://evil.example/")]
    [InlineData("x-amz-storage-class", "GLACIER")]
    [InlineData("x-amz-tagging", "admin=true")]
    [Attack(
        "adding headers that storage obeys: an ACL, a redirect, metadata, another storage class",
        "storage refuses unsigned headers, or the served copy has none of their effects")]
    public async Task Put_AdditionalHeaders_AreNotOnTheFinalObject(string name, string value)
    {
        var grant = await Client.GrantAsync();
        var answer = await StorageClient.PutAsync(
            grant.Url, new Dictionary<string, string>(grant.Headers) { [name] = value }, TestFiles.Png());
        if (answer.Code >= 400)
            return;
        (await Client.ConfirmAsync(grant)).ShouldBe(200);

        var served = await Server.S3.GetObjectMetadataAsync(
            Bucket, (await App.RecordAsync(grant.Id)).FinalKey, TestContext.Current.CancellationToken);
        served.Metadata.Keys.Should().BeEmpty();
        served.WebsiteRedirectLocation.Should().BeNullOrEmpty();
        (served.StorageClass?.Value ?? "STANDARD").Should().Be("STANDARD");
        using var anonymous = await Server.Http.GetAsync(
            new Uri($"{Server.Endpoint}/{Bucket}/{(await App.RecordAsync(grant.Id)).FinalKey}"), TestContext.Current.CancellationToken);
        ((int)anonymous.StatusCode).Should().BeInRange(400, 499, "nobody reads it without a signature");
    }

    [Fact]
    [Attack("widening a POST policy by further or other fields", "each field must be in the policy, and the policy is signed")]
    public async Task Post_AdditionalOrAlteredFields_IsRefused()
    {
        var grant = await Client.GrantAsync(TestUploadRequest.Form);
        (string Name, string Value)[] changes =
        [
            ("key", "staging/form/other.png"), ("key", "form/served.png"), ("Content-Type", "text/html"), ("acl", "public-read"),
            ("x-amz-meta-owner", "admin"),
            ("success_action_redirect", "https://evil.example/"), ("x-amz-date", "20300101T000000Z"),
            ("policy", Convert.ToBase64String("""{"expiration":"2099-01-01T00:00:00Z","conditions":[]}"""u8.ToArray())),
        ];
        foreach (var (name, value) in changes)
        {
            var fields = grant.Fields.Where(field => !field.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).ToDictionary();
            fields[name] = value;
            (await StorageClient.PostAsync(grant.Url, fields, TestFiles.Png())).Code.Should().BeInRange(400, 499, name);
        }
    }

    [Fact]
    [Attack("posting a file of another size than was granted", "the policy's content-length-range is the size")]
    public async Task Post_OtherSize_IsRefused()
    {
        var grant = await Client.GrantAsync(TestUploadRequest.Form);
        foreach (var size in new[] { 100, 999, 1001, 300_000 })
            (await StorageClient.PostAsync(grant.Url, grant.Fields, TestFiles.Png(size))).Code
                .Should().BeInRange(400, 499, "{0} bytes", size);
    }

    [Fact]
    [Attack(
        "sending a part of an upload to another upload's key, or under another user's upload id",
        "key, upload id, number and length of each part are signed")]
    public async Task Part_ForAnotherUpload_IsRefused()
    {
        var film = new TestUploadRequest { Profile = "film", ContentType = "video/mp4", FileName = "a.mp4", Size = 6_000_000 };
        var (mine, theirs) = (await Client.GrantAsync(film), await Client.GrantAsync(film));
        var (myKey, theirKey) = ((await App.RecordAsync(mine.Id)).StagingKey, (await App.RecordAsync(theirs.Id)).StagingKey);
        var (myId, theirId) = ((await App.RecordAsync(mine.Id)).Parts!.MultipartId!,
            (await App.RecordAsync(theirs.Id)).Parts!.MultipartId!);
        var part = mine.Upload.GetProperty("parts")[0];
        var url = part.GetProperty("url").GetString()!;
        var bytes = new byte[5 * 1024 * 1024];

        foreach (var changed in new[]
        {
            url.Replace(myKey, theirKey, StringComparison.Ordinal),
            url.Replace(Uri.EscapeDataString(myId), Uri.EscapeDataString(theirId), StringComparison.Ordinal),
            url.Replace(myKey, theirKey, StringComparison.Ordinal)
                .Replace(Uri.EscapeDataString(myId), Uri.EscapeDataString(theirId), StringComparison.Ordinal),
            url.Replace("partNumber=1", "partNumber=7", StringComparison.Ordinal),
        })
        {
            changed.Should().NotBe(url);
            (await StorageClient.PutAsync(changed, [], bytes)).Code.Should().BeInRange(400, 499);
        }
    }

    [Fact]
    [Attack(
        "writing the object again after it was deleted, while the URL still works",
        "the worker returns when the URL has expired, and deletes the object")]
    public async Task Put_AfterDelete_IsDeletedAgain()
    {
        var grant = await ReadyAsync(TestFiles.Png());
        (await Client.DeleteAsync(grant)).ShouldBe(204);
        await StorageClient.UploadAsync(grant, TestFiles.Executable());
        (await KeysOfAsync(grant)).Should().HaveCount(1);
        (await Client.ConfirmAsync(grant)).ShouldBeProblem(409, "conflict");
        (await Client.ContentAsync(grant)).ShouldBeProblem(410, "deleted");

        await SweepAsync();

        (await KeysOfAsync(grant)).Should().BeEmpty();
    }

    [Fact]
    [Attack(
        "sending a file after the grant expired, over a connection that was opened in time, for free storage",
        "the worker looks again one hour later, and deletes the file")]
    public async Task Put_AfterExpiry_IsDeleted()
    {
        var grant = await Client.GrantAsync();
        _clock.Advance(TimeSpan.FromMinutes(16));
        (await Client.ConfirmAsync(grant)).ShouldBeProblem(410, "expired");
        await StorageClient.UploadAsync(grant, TestFiles.Png());

        await SweepAsync();

        (await KeysOfAsync(grant)).Should().BeEmpty();
    }

    private async Task SweepAsync()
    {
        _clock.Advance(TimeSpan.FromHours(3));
        await App.Services.GetRequiredService<UploadWorker>().RunOnceAsync(TestContext.Current.CancellationToken);
    }
}

public sealed class PresignedRequestAttacksOnLocalS3(LocalS3Fixture server)
    : PresignedRequestAttacks(server), IClassFixture<LocalS3Fixture>;

public sealed class PresignedRequestAttacksOnRgw(RgwFixture server) : PresignedRequestAttacks(server), IClassFixture<RgwFixture>;
