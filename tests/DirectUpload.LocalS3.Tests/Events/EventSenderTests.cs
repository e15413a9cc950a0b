using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using DirectUpload.LocalS3.Events;
using DirectUpload.TestKit;
using Microsoft.Extensions.Logging;

namespace DirectUpload.LocalS3.Tests.Events;

public sealed class EventSenderTests
{
    private static readonly TimeSpan[] NoDelays = [TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero];
    private readonly RecordingLogger _logger = new();

    [Fact]
    public async Task A_refused_event_is_retried_before_the_next()
    {
        await using var receiver = await EventReceiver.StartAsync(request => request <= 2 ? 503 : 200);
        await using var outbox = new EventSender(receiver.Endpoint, _logger, NoDelays);
        foreach (var bucket in new[] { "first", "second" })
            outbox.Enqueue(EventJson.CreateTestEvent(bucket, "id", TimeProvider.System.GetUtcNow()));
        (await receiver.WaitForTestEventsAsync("second", 1)).Should().ContainSingle();
        (await receiver.WaitForTestEventsAsync("first", 1)).Should().ContainSingle();
        receiver.Requests.Should().Be(4);
        _logger.Messages.Should().BeEmpty();
    }

    [Fact]
    public async Task An_event_refused_four_times_is_lost_with_a_warning()
    {
        await using var receiver = await EventReceiver.StartAsync(request => request <= 4 ? 500 : 200);
        await using (var outbox = new EventSender(receiver.Endpoint, _logger, NoDelays))
        {
            outbox.Enqueue(EventJson.CreateTestEvent("lost", "id", TimeProvider.System.GetUtcNow()));
            outbox.Enqueue(EventJson.CreateTestEvent("next", "id", TimeProvider.System.GetUtcNow()));
            (await receiver.WaitForTestEventsAsync("next", 1)).Should().ContainSingle();
        }
        (await receiver.WaitForTestEventsAsync("lost", 0)).Should().BeEmpty();
        _logger.Messages.Should().Equal("An event was lost: LocalS3Options.EventEndpoint did not accept it in 4 attempts");
    }

    [Fact]
    public async Task An_event_beyond_1000_is_dropped_with_a_warning()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var outbox = new EventSender(new Uri($"http://{silent.LocalEndpoint}"), _logger);
        for (var i = 0; i < 1100; i++)
            outbox.Enqueue([]);
        // One may be under way already, besides those that wait.
        _logger.Messages.Should().HaveCountGreaterThanOrEqualTo(99).And.HaveCountLessThanOrEqualTo(100);
        _logger.Messages.Should().OnlyContain(message => message.StartsWith("An event was dropped: 1000"));
    }

    private sealed class RecordingLogger : ILogger
    {
        public ConcurrentQueue<string> Messages { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel == LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Messages.Enqueue(formatter(state, exception));
    }
}
