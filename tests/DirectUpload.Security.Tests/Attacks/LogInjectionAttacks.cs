using System.Collections.Concurrent;
using System.Text.Json;
using DirectUpload.Security.Tests.Table;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Security.Tests.Attacks;

/// <summary>Text of an attacker's that ends up in the application's log.</summary>
public sealed class LogInjectionAttacks : IAsyncLifetime
{
    private const string Topic = "arn:aws:sns:eu-west-1:123456789012:uploads";

    private readonly CapturedLog _log = new();
    private UploadApp? _app;

    public async ValueTask InitializeAsync() => _app = await UploadApp.StartAsync(new TestHostOptions
    {
        Services = services => services.AddSingleton<ILoggerProvider>(_log),
        Map = app => app.MapStorageEvents("/storage-events", options => options.SnsTopics.Add(Topic)),
    });

    public ValueTask DisposeAsync() => _app!.DisposeAsync();

    [Theory]
    [InlineData("1\r\nfail: Database[0] dropped by the administrator")]
    [InlineData("1\u2028info: all is well")]
    [InlineData("1\u0085info: all is well")]
    [InlineData("\u001b[2J\u001b[31mred")]
    [InlineData("abc\u202egnp.exe")]
    [InlineData("abc\u2066\u200b\ufeffdef")]
    [InlineData("long")]
    [Attack(
        "an SNS message without a valid signature whose id contains line breaks, terminal codes, bidirectional text or 300,000 " +
        "characters, to write lines to the log",
        "text of unverified messages is logged on one line, with at most 100 characters and everything else escaped")]
    public async Task SnsMessage_ControlCharacters_StayOnOneLogLine(string id)
    {
        var message = new Dictionary<string, string>
        {
            ["Type"] = "Notification",
            ["MessageId"] = id == "long" ? new string('x', 300_000) : id,
            ["TopicArn"] = Topic,
            ["Message"] = "{}",
            ["Timestamp"] = "2026-01-01T00:00:00Z",
            ["SignatureVersion"] = "1",
            ["Signature"] = "AAAA",
            ["SigningCertURL"] = "https://evil.example/SimpleNotificationService-0123.pem",
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/storage-events")
        {
            Content = new StringContent(JsonSerializer.Serialize(message)),
        };
        request.Headers.Add("x-amz-sns-message-type", "Notification");
        request.Headers.Add("x-amz-sns-topic-arn", Topic);
        using var answer = await _app!.Http.SendAsync(request);

        ((int)answer.StatusCode).Should().Be(403);
        var line = _log.Lines.Should().ContainSingle(it => it.Contains("was refused")).Subject;
        line.Length.Should().BeLessThan(300);
        line.Should().NotMatchRegex(@"[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]");
    }

    private sealed class CapturedLog : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<
            TState, Exception?, string> formatter) => Lines.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
