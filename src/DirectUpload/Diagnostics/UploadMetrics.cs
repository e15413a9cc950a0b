using System.Diagnostics.Metrics;
using DirectUpload.Uploads;

namespace DirectUpload.Diagnostics;

/// <summary>What the library counts and measures, on the meter <c>DirectUpload</c>. Tags are few and their values known beforehand: profiles, statuses, reasons; never an id, a name or an owner.</summary>
/// <remarks>Names and units as https://opentelemetry.io/docs/specs/semconv/general/metrics/ has it.</remarks>
internal sealed class UploadMetrics
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "DirectUpload";

    private readonly Counter<long> _requests;
    private readonly Counter<long> _grants;
    private readonly Counter<long> _confirms;
    private readonly Counter<long> _verdicts;
    private readonly Counter<long> _bytes;
    private readonly Histogram<double> _processing;
    private readonly Counter<long> _retries;
    private readonly Counter<long> _takeovers;
    private readonly Counter<long> _told;
    private readonly ObservableGauge<int> _depth;
    private readonly TimeProvider _clock;

    // Null until the worker has looked; the gauges then say nothing.
    private (int Depth, double Age)? _queue;

    public UploadMetrics(IMeterFactory? factory, TimeProvider clock)
    {
        _clock = clock;
        var meter = factory?.Create(Name) ?? new Meter(Name);
        _requests = meter.CreateCounter<long>("directupload.requests", "{request}", "Requests for an upload, by profile and outcome (granted, or the reason of the refusal).");
        _grants = meter.CreateCounter<long>("directupload.grants", "{grant}", "Granted uploads, by profile and method.");
        _confirms = meter.CreateCounter<long>("directupload.confirms", "{upload}", "Uploads that were found to have arrived, by profile and by who said so (client, host, event, worker).");
        _verdicts = meter.CreateCounter<long>("directupload.verdicts", "{upload}", "Uploads that came to an end, by profile and status.");
        _bytes = meter.CreateCounter<long>("directupload.bytes", "By", "The bytes of uploads that became ready, by profile.");
        _processing = meter.CreateHistogram<double>("directupload.processing.duration", "s", "How long attempts to process an upload took, by profile and outcome.");
        _retries = meter.CreateCounter<long>("directupload.retries", "{attempt}", "Attempts to process an upload that are to be made again, by profile and cause (outage, failure).");
        _takeovers = meter.CreateCounter<long>("directupload.lease.takeovers", "{upload}", "Uploads taken over because whoever processed them let the lease run out, by profile.");
        _told = meter.CreateCounter<long>("directupload.observer.calls", "{call}", "Calls of observers, by observer and outcome.");
        _depth = meter.CreateObservableGauge("directupload.queue.depth", () => Queue(queue => queue.Depth), "{upload}", "Records that are due and not claimed, as the worker of this process last saw it.");
        meter.CreateObservableGauge("directupload.queue.oldest_age", () => Queue(queue => queue.Age), "s", "For how long the longest overdue record is due, as the worker of this process last saw it.");
    }

    /// <summary>Whether anybody wants to know of the queue: measuring it costs the store a question.</summary>
    public bool WantsQueue => _depth.Enabled;

    public void Requested(string? profile, UploadErrorReason? refusal) => _requests.Add(1, Tag("profile", profile ?? "unknown"), Tag("outcome", refusal?.ToString() ?? "granted"));

    public void Granted(UploadRecord record, UploadMethod method) => _grants.Add(1, Tag("profile", record.Profile), Tag("method", method.ToString()));

    public void Confirmed(UploadRecord record, ConfirmSource source) => _confirms.Add(1, Tag("profile", record.Profile), Tag("source", Lower(source)));

    public void Ended(UploadRecord record)
    {
        _verdicts.Add(1, Tag("profile", record.Profile), Tag("status", Lower(record.Status)));
        if (record.Status == UploadStatus.Ready)
            _bytes.Add(record.Size ?? 0, Tag("profile", record.Profile));
    }

    public void Processed(UploadRecord record, long started, string outcome) =>
        _processing.Record(_clock.GetElapsedTime(started).TotalSeconds, Tag("profile", record.Profile), Tag("outcome", outcome));

    public void Retried(UploadRecord record, string cause) => _retries.Add(1, Tag("profile", record.Profile), Tag("cause", cause));

    public void TakenOver(UploadRecord record) => _takeovers.Add(1, Tag("profile", record.Profile));

    public void Told(string observer, bool succeeded) => _told.Add(1, Tag("observer", observer), Tag("outcome", succeeded ? "told" : "failed"));

    public void Queued(int depth, DateTimeOffset? oldest, DateTimeOffset now) => _queue = (depth, oldest is { } since ? Math.Max(0, (now - since).TotalSeconds) : 0);

    private IEnumerable<Measurement<T>> Queue<T>(Func<(int Depth, double Age), T> select)
        where T : struct => _queue is { } queue ? [new Measurement<T>(select(queue))] : [];

    private static KeyValuePair<string, object?> Tag(string name, string value) => new($"directupload.{name}", value);

    private static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}

/// <summary>Who says that an object has arrived.</summary>
internal enum ConfirmSource
{
    Client,
    Host,
    Event,
    Worker,
}
