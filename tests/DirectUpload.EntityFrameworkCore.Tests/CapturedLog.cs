using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace DirectUpload.EntityFrameworkCore.Tests;

/// <summary>What a host logs, at Information and above.</summary>
internal sealed class CapturedLog : ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, string Category, string Text)> _entries = [];

    public IEnumerable<string> Errors => _entries.Where(line => line.Level >= LogLevel.Error).Select(line => line.Text);

    public IReadOnlyList<string> All => [.. _entries.Select(line => $"{line.Level} {line.Category}: {line.Text}")];

    /// <summary>Warnings and errors.</summary>
    public IReadOnlyList<string> WarningsAndErrors =>
        [.. _entries.Where(line => line.Level >= LogLevel.Warning).Select(line => $"{line.Level} {line.Category}: {line.Text}")];

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
        // Nothing is open.
    }

    private sealed class Logger(CapturedLog lines, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                lines._entries.Enqueue((logLevel, category, formatter(state, exception)));
        }
    }
}
