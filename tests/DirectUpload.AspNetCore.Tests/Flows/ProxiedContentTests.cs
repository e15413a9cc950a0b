using DirectUpload.Processing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.AspNetCore.Tests.Flows;

/// <summary>Content that the application sends itself, for clients that may not see storage.</summary>
public abstract class ProxiedContentTests(S3ServerFixture server) : FlowTests(server)
{
    private static readonly byte[] Film = [.. Enumerable.Range(0, 20_000_000).Select(at => (byte)(at % 251))];

    protected override TestHostOptions HostOptions => new()
    {
        Services = TestSignIn.Add,
        Pipeline = TestSignIn.Use,
        Uploads = options => options
            .AddProfile("thumbed", profile =>
            {
                profile.ContentTypes.Add("*/*");
                profile.Inline = true;
                profile.AddProcessor<ThumbnailProcessor>();
            })
            .AddProfile("large", profile =>
            {
                profile.ContentTypes.Add("*/*");
                profile.MaxSize = Film.Length;
            }),
        Map = app => app.MapDirectUploads("/uploads", options => options.ContentDelivery = ContentDelivery.Stream).AllowAnonymous(),
    };

    [Fact]
    public async Task Content_Whole_HasItsHeadersAndNoneOfStorage()
    {
        var grant = await ReadyAsync(TestFiles.Png());

        var answer = (await Client.ContentAsync(grant)).ShouldBe(200);

        answer.Body.Should().Equal(TestFiles.Png());
        answer.Header("content-type").Should().Be("image/png");
        answer.Header("content-length").Should().Be("1000");
        answer.Header("content-disposition").Should().Be("attachment; filename=\"holiday.png\"");
        answer.Header("x-content-type-options").Should().Be("nosniff");
        answer.Header("cache-control").Should().Be("private, no-cache");
        answer.Header("referrer-policy").Should().Be("no-referrer");
        answer.Header("accept-ranges").Should().Be("bytes");
        answer.Header("etag").Should().Be((await App.RecordAsync(grant.Id)).ETag);
        answer.Header("content-security-policy").Should().BeNull("a picture runs no script");
        answer.Headers.Values
            .Should().NotContain(value => value.Contains("amz", StringComparison.OrdinalIgnoreCase) || value.Contains("://"));
    }

    [Theory]
    [InlineData("bytes=0-0", 206, 0, 1)]
    [InlineData("bytes=10-19", 206, 10, 10)]
    [InlineData("bytes=990-", 206, 990, 10)]
    [InlineData("bytes=-5", 206, 995, 5)]
    [InlineData("bytes=0-5000", 206, 0, 1000)]
    [InlineData("bytes=1000-", 416, 0, 0)]
    [InlineData("bytes=5-1", 200, 0, 1000)]
    [InlineData("bytes=0-1,4-5", 200, 0, 1000)]
    [InlineData("lines=1-2", 200, 0, 1000)]
    public async Task Content_RangeRequest_ReturnsTheRange(string range, int status, int from, int count)
    {
        var grant = await ReadyAsync(TestFiles.Png(filler: 7));

        var answer = (await GetAsync(grant, ("Range", range))).ShouldBe(status);

        answer.Body.Should().Equal(TestFiles.Png(filler: 7).Skip(from).Take(count));
        if (status == 206)
            answer.Header("content-range").Should().Be($"bytes {from}-{from + count - 1}/1000");
        if (status == 416)
            answer.Header("content-range").Should().Be("bytes */1000");
    }

    [Fact]
    public async Task Content_ConditionalRequest_ReturnsNotModified()
    {
        var grant = await ReadyAsync(TestFiles.Png());
        var eTag = (await App.RecordAsync(grant.Id)).ETag!;

        (await GetAsync(grant, ("If-None-Match", eTag))).ShouldBe(304).Body.Should().BeEmpty();
        (await GetAsync(grant, ("If-None-Match", "\"another\""))).ShouldBe(200);
        (await GetAsync(grant, ("If-Match", "\"another\""))).ShouldBe(412);
        (await GetAsync(grant, ("Range", "bytes=0-9"), ("If-Range", "\"another\""))).ShouldBe(200);
        (await GetAsync(grant, ("Range", "bytes=0-9"), ("If-Range", eTag))).ShouldBe(206);
    }

    [Fact]
    public async Task Content_LargeFile_IsServedWholeAndByRange()
    {
        var grant = await ReadyAsync(
            Film, new() { Profile = "large", FileName = "film.bin", ContentType = "application/octet-stream", Size = Film.Length });

        (await Client.ContentAsync(grant)).ShouldBe(200).Body.AsSpan().SequenceEqual(Film).Should().BeTrue();
        (await GetAsync(grant, ("Range", "bytes=8388600-8388620"))).ShouldBe(206).Body
            .Should().Equal(Film[8388600..8388621], "where one request to storage ends and the next begins");
    }

    [Theory]
    [InlineData("page.html", "text/html", "<html><script>alert(1)</script></html>")]
    [InlineData("image.svg", "image/svg+xml", "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>")]
    [InlineData("data.xml", "application/xml", "<?xml version=\"1.0\"?><a/>")]
    [InlineData("script.js", "text/javascript", "alert(1)")]
    public async Task Content_ScriptCapableType_IsDownloadedAndSandboxed(string name, string type, string text)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        var grant = await ReadyAsync(bytes, new() { Profile = "shown", FileName = name, ContentType = type, Size = bytes.Length });

        var answer = (await Client.ContentAsync(grant)).ShouldBe(200);

        answer.Header("content-disposition").Should().StartWith("attachment");
        answer.Header("content-security-policy").Should().Be("default-src 'none'; sandbox");
        answer.Header("x-content-type-options").Should().Be("nosniff");
    }

    [Fact]
    public async Task Variant_ByName_IsServedAndListedInTheStatus()
    {
        var grant = await UploadedAsync(TestFiles.Png(), new() { Profile = "thumbed" });
        await Client.ConfirmAsync(grant);
        await App.Services.GetRequiredService<UploadWorker>().RunOnceAsync(TestContext.Current.CancellationToken);

        (await Client.StatusAsync(grant)).Json.GetProperty("variants").EnumerateArray().Select(name => name.GetString())
            .Should().Equal("thumb.png");
        var answer = (await Client.SendAsync(HttpMethod.Get, $"/{grant.Id}/content?variant=thumb", grant.ReadToken)).ShouldBe(200);
        answer.Body.Should().Equal(TestFiles.Png(100));
        answer.Header("content-disposition").Should().Be("inline; filename=\"holiday.thumb.png\"");
        (await Client.SendAsync(HttpMethod.Get, $"/{grant.Id}/content?variant=none", grant.ReadToken)).ShouldBeProblem(404, "not-found");
    }

    [Fact]
    public async Task Content_RevokedToken_IsNotFound()
    {
        var grant = await ReadyAsync(TestFiles.Png());
        (await App.Http.GetAsync($"/uploads/{grant.Id}/content?token={grant.ReadToken}", TestContext.Current.CancellationToken)).StatusCode
            .Should().Be(HttpStatusCode.OK);

        await App.Services.GetRequiredService<IDirectUploadService>()
            .RevokeReadTokenAsync(UploadId.Parse(grant.Id), TestContext.Current.CancellationToken);

        (await Client.ContentAsync(grant)).ShouldBeProblem(404, "not-found");
    }

    [Fact]
    public async Task Content_ObjectChangedInTheBucket_IsNotServed()
    {
        var grant = await ReadyAsync(TestFiles.Png());
        await Server.S3.PutObjectAsync(new()
        {
            BucketName = Bucket,
            Key = (await App.RecordAsync(grant.Id)).FinalKey,
            InputStream = new MemoryStream(TestFiles.Executable()),
            UseChunkEncoding = false,
        }, TestContext.Current.CancellationToken);

        (await Client.ContentAsync(grant)).ShouldBeProblem(410, "deleted");
    }

    private async Task<ApiResponse> GetAsync(Grant grant, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/uploads/{grant.Id}/content");
        request.Headers.Add("Upload-Token", grant.ReadToken);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await App.Http.SendAsync(request);
        return await ApiResponse.FromAsync(response);
    }

    private sealed class ThumbnailProcessor : IUploadProcessor
    {
        public async Task<ProcessingResult> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken)
        {
            await context.PutVariantAsync("thumb.png", "image/png", new MemoryStream(TestFiles.Png(100)), cancellationToken);
            return ProcessingResult.Accept;
        }
    }
}
