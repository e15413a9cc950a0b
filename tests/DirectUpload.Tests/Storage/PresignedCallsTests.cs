using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using DirectUpload.LocalS3;
using DirectUpload.Presigning;
using DirectUpload.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.Tests.Storage;

/// <summary>Presigned requests do what the SDK does, and what they cannot do is done by the SDK.</summary>
public sealed class PresignedCallsTests : IAsyncLifetime
{
    private readonly FailingHandler _http = new();
    private QuirkyServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await QuirkyServer.StartAsync(LocalS3Quirks.None);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("plain.txt")]
    [InlineData("with space+plus%25percent.txt")]
    [InlineData("ünï/çödé/文字.txt")]
    [InlineData("a//b/../c?d=e&f#g.txt")]
    public async Task Copy_MakesTheObjectThatTheSdkMakes(string key)
    {
        var settings = new ObjectSettings
        {
            CacheControl = "private, max-age=60",
            ContentDisposition = "attachment; filename=\"note.txt\"; filename*=UTF-8''%E6%96%87.txt",
            ContentEncoding = "identity",
            ServerSideEncryption = "AES256",
            Metadata = { ["first"] = "one two", ["z-last"] = "3" },
            Tags = { ["kind"] = "a b+c", ["empty"] = string.Empty },
        };
        await PutAsync(key);
        var copy = CreateCopy(key) with { Settings = settings, ChecksumAlgorithm = UploadChecksum.Sha256 };

        var bySdk = await OpenBucket(isPresigned: false).TryCopyAsync(copy with { DestinationKey = "sdk" });
        var presigned = await OpenBucket(isPresigned: true).TryCopyAsync(copy with { DestinationKey = "presigned/" + key });

        _http.Answers.Should().Equal(HttpStatusCode.OK);
        presigned.Should().NotBeNull().And.Be(bySdk);
        (await DescribeAsync("presigned/" + key)).Should().BeEquivalentTo(await DescribeAsync("sdk"));
    }

    [Fact]
    public async Task ReadStart_ReturnsWhatTheSdkReturns()
    {
        await PutAsync("key");
        var (bySdk, presigned) = (OpenBucket(isPresigned: false), OpenBucket(isPresigned: true));
        var eTag = (await bySdk.HeadAsync("key"))!.ETag;

        (await presigned.ReadStartAsync("key", eTag, 3)).Should().BeEquivalentTo(await bySdk.ReadStartAsync("key", eTag, 3));
        (await presigned.ReadStartAsync("key", "\"other\"", 3)).Should().BeNull();
        (await presigned.ReadStartAsync("nothing", eTag, 3)).Should().BeNull();

        _http.Answers.Should().Equal(HttpStatusCode.PartialContent, HttpStatusCode.PreconditionFailed, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Copy_SourceMissingOrChangedOrCopyExists_IsAnsweredWithoutTheSdk()
    {
        await PutAsync("key");
        var bucket = OpenBucket(isPresigned: true);
        var copy = CreateCopy("key");

        (await bucket.TryCopyAsync(copy)).Should().NotBeNull();
        (await bucket.TryCopyAsync(copy)).Should().NotBeNull("the copy exists");
        (await bucket.TryCopyAsync(copy with { SourceKey = "nothing" })).Should().BeNull();
        (await bucket.TryCopyAsync(copy with { SourceETag = "\"other\"" })).Should().BeNull();

        _http.Answers.Should().Equal(
            HttpStatusCode.OK, HttpStatusCode.PreconditionFailed, HttpStatusCode.NotFound, HttpStatusCode.PreconditionFailed);
    }

    [Theory]
    [InlineData("throws")]
    [InlineData("500")]
    [InlineData("403 <Error><Code>RequestTimeTooSkewed</Code></Error>")]
    [InlineData("404 <Error><Code>NoSuchBucket</Code></Error>")]
    [InlineData("307")]
    [InlineData("200 <Error><Code>InternalError</Code></Error>")]
    [InlineData("200 no XML")]
    [InlineData("200")]
    public async Task Copy_UnexpectedAnswer_IsRepeatedByTheSdk(string failure)
    {
        await PutAsync("key");
        _http.Failure = failure;
        var bucket = OpenBucket(isPresigned: true);

        for (var number = 0; number < 5; number++)
        {
            (await bucket.TryCopyAsync(CreateCopy("key") with { DestinationKey = $"copy-{number}" })).Should().NotBeNull();
            (await _server.GetAsync($"copy-{number}")).Should().Equal("text"u8.ToArray());
        }

        _http.Sent.Should().Be(3, "what never works is not tried for ever");
    }

    [Fact]
    public async Task Copy_AfterFailures_IsPresignedAgainAfterAPause()
    {
        await PutAsync("key");
        var clock = new FakeTimeProvider();
        var calls = new ObjectCalls(_server.S3, OpenCalls(), clock);
        _http.Failure = "500";
        for (var number = 0; number < 5; number++)
            await calls.CopyAsync(QuirkyServer.Bucket, CreateCopy("key") with { DestinationKey = $"copy-{number}" }, default);
        _http.Sent.Should().Be(3);

        _http.Failure = null;
        clock.Advance(TimeSpan.FromMinutes(1));
        for (var number = 5; number < 7; number++)
            await calls.CopyAsync(QuirkyServer.Bucket, CreateCopy("key") with { DestinationKey = $"copy-{number}" }, default);

        _http.Answers.Should().Equal(HttpStatusCode.OK, HttpStatusCode.OK);
    }

    [Fact]
    public async Task Requests_AreValidForOneMinute()
    {
        await PutAsync("key");

        await OpenBucket(isPresigned: true).TryCopyAsync(CreateCopy("key"));

        _http.LastUrl.Should().Contain("X-Amz-Expires=60&");
    }

    [Fact]
    public async Task Copy_LargeObject_IsMadeByTheSdkAlone()
    {
        await PutAsync("key");

        (await OpenBucket(isPresigned: true).TryCopyAsync(CreateCopy("key") with { Size = ObjectCalls.MaxPresignedCopySize + 1 }))
            .Should().NotBeNull();

        _http.Sent.Should().Be(0);
    }

    [Fact]
    public async Task Copy_Canceled_IsNotRepeated()
    {
        await PutAsync("key");
        using var source = new CancellationTokenSource();
        await source.CancelAsync();

        await OpenBucket(isPresigned: true).Awaiting(it => it.TryCopyAsync(CreateCopy("key"), source.Token))
            .Should().ThrowAsync<OperationCanceledException>();
        (await _server.S3.ListObjectsV2Async(new() { BucketName = QuirkyServer.Bucket })).S3Objects.Should().ContainSingle();
    }

    private static ConditionalCopy CreateCopy(string key) => new()
    {
        SourceKey = key,
        SourceETag = null,
        Size = 4,
        DestinationKey = "copy",
        ContentType = "text/plain",
        Settings = new ObjectSettings(),
    };

    private S3UploadBucket OpenBucket(bool isPresigned) =>
        new(QuirkyServer.Bucket, _server.S3, presigned: isPresigned ? OpenCalls() : null);

    private PresignedCalls OpenCalls()
    {
        var connection = new BucketConnection(
            QuirkyServer.Bucket, _server.S3, publicEndpoint: new Uri("https://files.example.com"), registered: null, NullLogger.Instance);
        return new PresignedCalls(
            connection.OwnSigningContexts, new HttpClient(_http, disposeHandler: false), TimeProvider.System);
    }

    private Task PutAsync(string key) =>
        _server.S3.PutObjectAsync(new PutObjectRequest { BucketName = QuirkyServer.Bucket, Key = key, ContentBody = "text" });

    private async Task<object> DescribeAsync(string key)
    {
        var head = await _server.S3.GetObjectMetadataAsync(
            new GetObjectMetadataRequest { BucketName = QuirkyServer.Bucket, Key = key, ChecksumMode = ChecksumMode.ENABLED });
        var tags = await _server.S3.GetObjectTaggingAsync(new GetObjectTaggingRequest { BucketName = QuirkyServer.Bucket, Key = key });
        return new
        {
            head.ETag,
            head.ContentLength,
            head.ChecksumSHA256,
            Encryption = head.ServerSideEncryptionMethod?.Value,
            head.Headers.ContentType,
            head.Headers.CacheControl,
            head.Headers.ContentDisposition,
            head.Headers.ContentEncoding,
            Metadata = head.Metadata.Keys.Order().Select(name => (name, head.Metadata[name])),
            Tags = tags.Tagging.OrderBy(tag => tag.Key).Select(tag => (tag.Key, tag.Value)),
        };
    }

    private sealed class FailingHandler() : DelegatingHandler(new SocketsHttpHandler { UseProxy = false })
    {
        public string? Failure { get; set; }

        public int Sent { get; private set; }

        public string? LastUrl { get; private set; }

        public List<HttpStatusCode> Answers { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Sent++;
            LastUrl = request.RequestUri!.AbsoluteUri;
            if (Failure == "throws")
                throw new HttpRequestException("The connection was reset.");
            if (Failure is not null)
            {
                return new HttpResponseMessage((HttpStatusCode)int.Parse(Failure[..3]))
                {
                    Content = new StringContent(Failure[3..].Trim()),
                };
            }

            var answer = await base.SendAsync(request, cancellationToken);
            Answers.Add(answer.StatusCode);
            return answer;
        }
    }
}
