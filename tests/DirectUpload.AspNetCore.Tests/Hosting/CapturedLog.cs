using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DirectUpload.AspNetCore.Tests.Hosting;

/// <summary>Keeps the messages of the library's categories, at every level.</summary>
internal sealed class CapturedLog : ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> _lines = new();

    public IEnumerable<string> Lines => _lines.Select(line => line.Text);

    public IEnumerable<string> Warnings => _lines.Where(line => line.Level == LogLevel.Warning).Select(line => line.Text);

    public IEnumerable<string> Errors => _lines.Where(line => line.Level >= LogLevel.Error).Select(line => line.Text);

    public ILogger CreateLogger(string categoryName) =>
        categoryName.StartsWith("DirectUpload", StringComparison.Ordinal) ? new Logger(this) : NullLogger.Instance;

    public async Task UntilAsync(Func<string, bool> wanted)
    {
        for (var tries = 0; tries < 600 && !Lines.Any(wanted); tries++)
            await Task.Delay(50);
        Lines.Should().Contain(line => wanted(line));
    }

    public void Dispose()
    {
    }

    private sealed class Logger(CapturedLog all) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            all._lines.Enqueue((logLevel, formatter(state, exception)));
    }
}
