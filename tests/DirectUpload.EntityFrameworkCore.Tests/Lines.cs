using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace DirectUpload.EntityFrameworkCore.Tests;

/// <summary>What a host logs, at Information and above.</summary>
internal sealed class Lines : ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, string Category, string Text)> _lines = [];

    public IEnumerable<string> Errors => _lines.Where(line => line.Level >= LogLevel.Error).Select(line => line.Text);

    public IReadOnlyList<string> All => [.. _lines.Select(line => $"{line.Level} {line.Category}: {line.Text}")];

    /// <summary>Warnings and errors.</summary>
    public IReadOnlyList<string> Alarms => [.. _lines.Where(line => line.Level >= LogLevel.Warning).Select(line => $"{line.Level} {line.Category}: {line.Text}")];

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
        // Nothing is open.
    }

    private sealed class Logger(Lines lines, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                lines._lines.Enqueue((logLevel, category, formatter(state, exception)));
        }
    }
}
