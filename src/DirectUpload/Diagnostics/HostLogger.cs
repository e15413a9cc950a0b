using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DirectUpload.Diagnostics;

/// <summary>
/// Logs to the host's loggers, whether logging is added before or after the library; discards everything in a container without logging.
/// </summary>
internal sealed class HostLogger<T>(IServiceProvider services) : ILogger<T>
{
    private readonly ILogger _logger = services.GetService<ILoggerFactory>()?.CreateLogger<T>() ?? (ILogger)NullLogger<T>.Instance;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => _logger.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => _logger.IsEnabled(logLevel);

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _logger.Log(logLevel, eventId, state, exception, formatter);
}
