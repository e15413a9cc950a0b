using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;

namespace DirectUpload.AspNetCore.Tests.Diagnostics;

/// <summary>
/// Everything that a host emits: what is logged by whomever, at every level, with its values and scopes; activities and measurements with
/// their tags; and what the library's own code throws.
/// </summary>
internal sealed class CapturedTelemetry : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentQueue<string> _lines = [];
    private readonly ConcurrentDictionary<string, double> _measured = new();
    private readonly ActivityListener _activities;
    private readonly MeterListener _meters = new();
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    public CapturedTelemetry()
    {
        _activities = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => _lines.Enqueue(
                $"activity {activity.Source.Name} {activity.DisplayName} {activity.StatusDescription} " +
                $"{string.Join(' ', activity.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"))} " +
                $"{string.Join(' ', activity.Events.SelectMany(it => it.Tags))}"),
        };
        ActivitySource.AddActivityListener(_activities);
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "DirectUpload")
                listener.EnableMeasurementEvents(instrument);
        };
        _meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Measure(instrument, value, tags));
        _meters.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Measure(instrument, value, tags));
        _meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Measure(instrument, value, tags));
        _meters.Start();
        AppDomain.CurrentDomain.FirstChanceException += Thrown;
    }

    public IEnumerable<string> Lines => _lines;

    /// <summary>What the counters have come to, by name and tags.</summary>
    public IReadOnlyDictionary<string, double> Measurements => _measured;

    public void Observe() => _meters.RecordObservableInstruments();

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
        AppDomain.CurrentDomain.FirstChanceException -= Thrown;
        _activities.Dispose();
        _meters.Dispose();
    }

    private void Measure(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var name = instrument.Name +
            string.Concat(tags.ToArray().OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $" {tag.Value}"));
        _lines.Enqueue($"measurement {name}");
        _measured.AddOrUpdate(name, value, (_, before) => instrument.IsObservable ? value : before + value);
    }

    // Of what other tests throw in this process nothing is ours.
    private void Thrown(object? sender, FirstChanceExceptionEventArgs thrown)
    {
        if (thrown.Exception.TargetSite?.DeclaringType?.Assembly.GetName().Name is { } assembly
            && assembly.StartsWith("DirectUpload", StringComparison.Ordinal) && !assembly.Contains("Test", StringComparison.Ordinal))
            _lines.Enqueue(
                $"exception {thrown.Exception.GetType().Name} {thrown.Exception.Message} {thrown.Exception.InnerException?.Message}");
    }

    private sealed class Logger(CapturedTelemetry all, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => all._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var values = state is IEnumerable<KeyValuePair<string, object?>> pairs
                ? string.Join(' ', pairs.Select(pair => $"{pair.Key}={pair.Value}"))
                : string.Empty;
            var scopes = new List<string>();
            all._scopes.ForEachScope((scope, list) => list.Add($"{scope}"), scopes);
            all._lines.Enqueue(
                $"log {category} {eventId.Id} {formatter(state, exception)} {values} {string.Join(' ', scopes)} {exception}");
        }
    }
}
