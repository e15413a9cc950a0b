using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using DirectUpload.LocalS3.Events;
using DirectUpload.TestKit;
using Microsoft.Extensions.Logging;

namespace DirectUpload.LocalS3.Tests.Events;

public sealed class EventOutboxTests
{
    private static readonly TimeSpan[] Hasty = [TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero];
    private readonly Warnings _logger = new();

    [Fact]
    public async Task What_is_refused_is_sent_again_and_what_follows_waits_for_it()
    {
        await using var receiver = await EventReceiver.StartAsync(request => request <= 2 ? 503 : 200);
        await using var outbox = new EventOutbox(receiver.Endpoint, _logger, Hasty);
        foreach (var bucket in new[] { "first", "second" })
            outbox.Post(EventJson.Test(bucket, "id", TimeProvider.System.GetUtcNow()));
        (await receiver.TestEventsAsync("second", 1)).Should().ContainSingle();
        (await receiver.TestEventsAsync("first", 1)).Should().ContainSingle();
        receiver.Requests.Should().Be(4);
        _logger.Said.Should().BeEmpty();
    }

    [Fact]
    public async Task What_is_refused_four_times_is_lost_and_said_so()
    {
        await using var receiver = await EventReceiver.StartAsync(request => request <= 4 ? 500 : 200);
        await using (var outbox = new EventOutbox(receiver.Endpoint, _logger, Hasty))
        {
            outbox.Post(EventJson.Test("lost", "id", TimeProvider.System.GetUtcNow()));
            outbox.Post(EventJson.Test("next", "id", TimeProvider.System.GetUtcNow()));
            (await receiver.TestEventsAsync("next", 1)).Should().ContainSingle();
        }
        (await receiver.TestEventsAsync("lost", 0)).Should().BeEmpty();
        _logger.Said.Should().Equal("An event was lost: LocalS3Options.EventEndpoint did not take it in 4 attempts");
    }

    [Fact]
    public async Task A_thousand_wait_and_what_comes_on_top_is_dropped_and_said_so()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var outbox = new EventOutbox(new Uri($"http://{silent.LocalEndpoint}"), _logger);
        for (var i = 0; i < 1100; i++)
            outbox.Post([]);
        // One may be under way already, besides those that wait.
        _logger.Said.Should().HaveCountGreaterThanOrEqualTo(99).And.HaveCountLessThanOrEqualTo(100);
        _logger.Said.Should().OnlyContain(message => message.StartsWith("An event was dropped: 1000"));
    }

    private sealed class Warnings : ILogger
    {
        public ConcurrentQueue<string> Said { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel == LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Said.Enqueue(formatter(state, exception));
    }
}
