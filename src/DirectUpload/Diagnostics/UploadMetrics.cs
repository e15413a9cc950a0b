using System.Diagnostics.Metrics;
using DirectUpload.Primitives;
using DirectUpload.Stores;

namespace DirectUpload.Diagnostics;

/// <summary>Records the metrics of the meter <c>DirectUpload</c>.</summary>
/// <remarks>
/// Tags have a small, known set of values (profiles, statuses, reasons); never an id, a file name or an owner. Names and units follow
/// https://opentelemetry.io/docs/specs/semconv/general/metrics/.
/// </remarks>
internal sealed class UploadMetrics
{
    /// <summary>Specifies the name of the meter and of the activity source.</summary>
    public const string MeterName = "DirectUpload";

    // Constants, because each request would create these texts otherwise.
    private const string TagPrefix = "directupload.";
    private const string ProfileTag = TagPrefix + "profile";
    private const string OutcomeTag = TagPrefix + "outcome";
    private const string MethodTag = TagPrefix + "method";
    private const string SourceTag = TagPrefix + "source";
    private const string StatusTag = TagPrefix + "status";
    private const string CauseTag = TagPrefix + "cause";
    private const string EventHandlerTag = TagPrefix + "event_handler";

    private readonly Counter<long> _requests;
    private readonly Counter<long> _grants;
    private readonly Counter<long> _confirmations;
    private readonly Counter<long> _completions;
    private readonly Counter<long> _bytes;
    private readonly Histogram<double> _processingDuration;
    private readonly Counter<long> _retries;
    private readonly Counter<long> _leaseTakeovers;
    private readonly Counter<long> _eventHandlerCalls;
    private readonly ObservableGauge<int> _backlogSize;
    private readonly TimeProvider _clock;

    // Null until the worker has measured it; until then the gauges report no value.
    private (int Depth, double Age)? _backlog;

    public UploadMetrics(IMeterFactory? factory, TimeProvider clock)
    {
        _clock = clock;
        var meter = factory?.Create(MeterName) ?? new Meter(MeterName);
        _requests = meter.CreateCounter<long>("directupload.requests", "{request}",
            "Upload requests, by profile and outcome (granted, or the error code).");
        _grants = meter.CreateCounter<long>("directupload.grants", "{grant}", "Granted uploads, by profile and method.");
        _confirmations = meter.CreateCounter<long>("directupload.confirms", "{upload}",
            "Uploads whose object was verified, by profile and source (client, host, event, worker).");
        _completions = meter.CreateCounter<long>("directupload.uploads.completed", "{upload}",
            "Uploads that reached a terminal status, by profile and status.");
        _bytes = meter.CreateCounter<long>("directupload.bytes", "By", "Bytes of uploads that became ready, by profile.");
        _processingDuration = meter.CreateHistogram<double>("directupload.processing.duration", "s",
            "Duration of attempts to process an upload, by profile and outcome.");
        _retries = meter.CreateCounter<long>("directupload.retries", "{attempt}",
            "Attempts to process an upload that are retried, by profile and cause.");
        _leaseTakeovers = meter.CreateCounter<long>("directupload.lease.takeovers", "{upload}",
            "Uploads taken over from a host whose lease expired, by profile.");
        _eventHandlerCalls = meter.CreateCounter<long>("directupload.event_handler.calls", "{call}",
            "Calls of event handlers, by event handler and outcome.");
        _backlogSize = meter.CreateObservableGauge("directupload.queue.depth", () => ObserveBacklog(queue => queue.Depth), "{upload}",
            "Due records without a lease, as last measured by this process's worker.");
        meter.CreateObservableGauge("directupload.queue.oldest_age", () => ObserveBacklog(queue => queue.Age), "s",
            "Time since the oldest due record became due, as last measured by this process's worker.");
    }

    /// <summary>Gets whether a listener reads the queue's gauges; measuring the queue costs a query of the store.</summary>
    public bool IsBacklogObserved => _backlogSize.Enabled;

    public void RecordRequest(string? profile, string? refusal) =>
        _requests.Add(1, Tag(ProfileTag, profile ?? "unknown"), Tag(OutcomeTag, refusal?.ToString() ?? "granted"));

    public void RecordGrant(UploadRecord record, UploadMethod method) =>
        _grants.Add(1, Tag(ProfileTag, record.Profile), Tag(MethodTag, method.GetName()));

    public void RecordConfirmation(UploadRecord record, ConfirmSource source) =>
        _confirmations.Add(1, Tag(ProfileTag, record.Profile), Tag(SourceTag, source.ToLowerName()));

    public void RecordCompletion(UploadRecord record)
    {
        _completions.Add(1, Tag(ProfileTag, record.Profile), Tag(StatusTag, record.Status.ToLowerName()));
        if (record.Status == UploadStatus.Ready)
            _bytes.Add(record.Size ?? 0, Tag(ProfileTag, record.Profile));
    }

    public void RecordProcessing(UploadRecord record, long started, string outcome) =>
        _processingDuration.Record(_clock.GetElapsedTime(started).TotalSeconds, Tag(ProfileTag, record.Profile), Tag(OutcomeTag, outcome));

    public void RecordRetry(UploadRecord record, string cause) => _retries.Add(1, Tag(ProfileTag, record.Profile), Tag(CauseTag, cause));

    public void RecordLeaseTakeover(UploadRecord record) => _leaseTakeovers.Add(1, Tag(ProfileTag, record.Profile));

    public void RecordEventHandlerCall(string handler, bool succeeded) =>
        _eventHandlerCalls.Add(1, Tag(EventHandlerTag, handler), Tag(OutcomeTag, succeeded ? "succeeded" : "failed"));

    public void RecordBacklog(int depth, DateTimeOffset? oldest, DateTimeOffset now) =>
        _backlog = (depth, oldest is { } since ? Math.Max(0, (now - since).TotalSeconds) : 0);

    private IEnumerable<Measurement<T>> ObserveBacklog<T>(Func<(int Depth, double Age), T> select)
        where T : struct => _backlog is { } queue ? [new Measurement<T>(select(queue))] : [];

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}

/// <summary>Specifies who reported that the object was uploaded.</summary>
internal enum ConfirmSource
{
    Client,
    Host,
    Event,
    Worker,
}
