using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Sqs.Tests;

/// <summary>All that was logged, by all hosts, at every level.</summary>
internal sealed class CapturedLog : ILoggerProvider
{
    public ConcurrentQueue<(int Id, LogLevel Level, string Category, string Text)> All { get; } = [];

    public IEnumerable<(int Id, LogLevel Level, string Category, string Text)> SqsEntries =>
        All.Where(entry => entry.Category.StartsWith("DirectUpload.Sqs", StringComparison.Ordinal));

    public int Count(int id) => SqsEntries.Count(entry => entry.Id == id);

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(CapturedLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.All.Enqueue((eventId.Id, logLevel, category, $"{formatter(state, exception)} {exception}"));
    }
}
