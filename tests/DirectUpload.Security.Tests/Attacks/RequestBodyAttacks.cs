using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using DirectUpload.Security.Tests.Table;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Security.Tests.Attacks;

/// <summary>Bodies that HTTP does not allow, that end early, or that no call has asked for.</summary>
public sealed class RequestBodyAttacks(LocalS3Fixture server) : FlowTests(server), IClassFixture<LocalS3Fixture>
{
    private const string Secret = "correct-horse-battery-staple";
    private const string Topic = "arn:aws:sns:eu-west-1:123456789012:uploads";

    private readonly CapturedErrors _errors = new();

    protected override TestHostOptions HostOptions => new()
    {
        Services = services =>
        {
            TestSignIn.Add(services);
            services.AddSingleton<ILoggerProvider>(_errors);
        },
        Pipeline = TestSignIn.Use,
        Map = app =>
        {
            app.MapDirectUploads("/uploads").AllowAnonymous();
            app.MapUppyUploads("/uppy", "uppy").RequireAuthorization();
            app.MapStorageEvents("/storage-events", options =>
            {
                options.Secret = Secret;
                options.SnsTopics.Add(Topic);
            });
        },
    };

    [Theory]
    [InlineData("ffffffffffffffff\r\n")]
    [InlineData("fffffffffffffffffffffffffff\r\n")]
    [InlineData("8000000000000000\r\n{}")]
    [InlineData("7fffffffffffffff1\r\n{}")]
    [InlineData("zz\r\n{}\r\n0\r\n\r\n")]
    [InlineData("-1\r\n{}\r\n")]
    [InlineData("2\r\n{}xx0\r\n\r\n")]
    [InlineData("\r\n")]
    [Attack(
        "malformed chunks at every call that reads a body, to make the application report that storage is unavailable",
        "a failure while a body is read is the client's error: 400, and no error in the log")]
    public async Task Body_MalformedChunks_IsABadRequest(string chunks)
    {
        foreach (var (path, headers) in await CallsAsync())
        {
            var answer = await SendAsync(
                $"POST {path} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n{headers}\r\n{chunks}", thenClose: false);
            answer.Should().StartWith("HTTP/1.1 400", "{0} is the client's fault at {1}", chunks, path);
        }

        _errors.Lines.Should().BeEmpty();
    }

    [Theory]
    [InlineData("Content-Length: 1000", "{\"profile\":")]
    [InlineData("Transfer-Encoding: chunked", "20\r\n{\"profile\":")]
    [Attack("truncated bodies, to fill the log with errors", "a client that disconnects is not logged as an error")]
    public async Task Body_CutOff_IsNotLoggedAsAnError(string framing, string start)
    {
        foreach (var (path, headers) in await CallsAsync())
        {
            foreach (var isReset in new[] { false, true })
                await SendAsync($"POST {path} HTTP/1.1\r\nHost: a\r\n{framing}\r\n{headers}\r\n{start}", thenClose: true, isReset);
        }

        // What the connections have caused has been handled once a later request is answered.
        (await Client.GrantAsync()).Id.Should().NotBeEmpty();
        await Task.Delay(300);
        _errors.Lines.Should().BeEmpty();
    }

    [Fact]
    [Attack(
        "a large body with a wrong token, secret, ticket or topic, to make the application read and buffer it",
        "each is checked before the body is read: the refusal comes before the body is sent")]
    public async Task Body_WithoutProof_IsRefusedUnread()
    {
        var id = UploadId.Create(DateTimeOffset.UtcNow);
        var token = UploadToken.Create().Value;
        foreach (var (path, headers, status) in new[]
        {
            ($"/uploads/{id}/confirm", $"Upload-Token: {token}\r\n", 404),
            ($"/uploads/{id}/parts", $"Upload-Token: {token}\r\n", 404),
            ($"/uploads/{id}/parts", "", 401),
            ("/storage-events", "Authorization: Bearer wrong-secret-wrong-secret\r\n", 401),
            ("/storage-events",
                "x-amz-sns-message-type: Notification\r\nx-amz-sns-topic-arn: arn:aws:sns:eu-west-1:666666666666:uploads\r\n", 403),
            ("/storage-events", "x-amz-sns-message-type: Notification\r\n", 403),
            ("/uppy/s3/multipart/none/complete?key=none", "Test-User: eve\r\n", 400),
            ("/uppy/sign/s3?uploadId=1", "", 403),
        })
        {
            var answer = await SendAsync(
                $"POST {path} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 500000\r\n{headers}\r\n",
                thenClose: false);
            answer.Should().StartWith($"HTTP/1.1 {status}", "{0} needs no body to be refused", path);
        }
    }

    private async Task<(string Path, string Headers)[]> CallsAsync()
    {
        const string Json = "Content-Type: application/json\r\n";
        var grant = await Client.GrantAsync(new() { Profile = "film", ContentType = "video/mp4", FileName = "a.mp4", Size = 6_000_000 });
        var ada = App.ClientOf("/uppy").As("ada");
        var begun = await ada.SendAsync(
            HttpMethod.Post, "/s3/multipart",
            content: new StringContent("{\"filename\":\"a.png\",\"type\":\"image/png\"}", Encoding.UTF8, "application/json"));
        var key = Uri.EscapeDataString(begun.ShouldBe(200)["key"]!);
        return
        [
            ("/uploads", Json),
            ("/uploads/batch", Json),
            ($"/uploads/{grant.Id}/confirm", $"{Json}Upload-Token: {grant.WriteToken}\r\n"),
            ($"/uploads/{grant.Id}/parts", $"{Json}Upload-Token: {grant.WriteToken}\r\n"),
            ("/uppy/s3/multipart", $"{Json}Test-User: ada\r\n"),
            ("/uppy/confirm", $"{Json}Test-User: ada\r\n"),
            ("/uppy/sign", $"{Json}Test-User: ada\r\n"),
            ($"/uppy/s3/multipart/{begun["uploadId"]}/complete?key={key}", $"{Json}Test-User: ada\r\n"),
            ("/storage-events", $"Authorization: Bearer {Secret}\r\n"),
            ("/storage-events", $"x-amz-sns-message-type: Notification\r\nx-amz-sns-topic-arn: {Topic}\r\n"),
        ];
    }

    /// <returns>The answer's first line; nothing when the connection is closed at once.</returns>
    private async Task<string> SendAsync(string request, bool thenClose, bool isReset = false)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(App.Http.BaseAddress!.Host, App.Http.BaseAddress.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        if (thenClose)
        {
            await Task.Delay(20);
            client.LingerState = new LingerOption(isReset, 0);
            return string.Empty;
        }

        using var reader = new StreamReader(client.GetStream());
        return await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(15)) ?? string.Empty;
    }

    private sealed class CapturedErrors : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = [];

        public IReadOnlyCollection<string> Lines => _lines;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                _lines.Enqueue($"{logLevel}: {formatter(state, exception)} {exception}");
        }

        public void Dispose()
        {
        }
    }
}
