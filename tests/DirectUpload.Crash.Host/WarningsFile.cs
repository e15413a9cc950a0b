using Microsoft.Extensions.Logging;

namespace DirectUpload.Crash.Host;

/// <summary>Writes DirectUpload's warnings, and worse, into a file, a line each.</summary>
internal sealed class WarningsFile(string file) : ILoggerProvider
{
    private readonly Lock _writing = new();

    public ILogger CreateLogger(string categoryName) =>
        new FileLogger(this, categoryName.StartsWith("DirectUpload", StringComparison.Ordinal));

    public void Dispose()
    {
    }

    private sealed class FileLogger(WarningsFile owner, bool isOurs) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => isOurs && logLevel >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
                return;
            lock (owner._writing)
                System.IO.File.AppendAllText(
                    owner.File, $"{logLevel}: {formatter(state, exception)} {exception?.GetType().Name}{Environment.NewLine}");
        }
    }

    private string File => file;
}
