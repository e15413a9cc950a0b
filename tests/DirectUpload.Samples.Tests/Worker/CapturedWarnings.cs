using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Samples.Tests.Worker;

/// <summary>Keeps what the library logs as a warning or an error.</summary>
internal sealed class CapturedWarnings : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _messages = new();

    public void ThrowIfAny()
    {
        if (_messages.TryPeek(out var message))
            throw new InvalidOperationException(message);
    }

    public ILogger CreateLogger(string categoryName) => new Logger(_messages, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(ConcurrentQueue<string> messages, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) =>
            logLevel >= LogLevel.Warning && category.StartsWith("DirectUpload", StringComparison.Ordinal);

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                messages.Enqueue($"{category}: {formatter(state, exception)} {exception?.Message}");
        }
    }
}
