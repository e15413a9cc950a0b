namespace DirectUpload.Sqs;

/// <summary>Reports the state of one queue's receiver, for a health check of the application.</summary>
/// <remarks>
/// <c>AddSqsEvents</c> registers one instance for each queue; resolve all of them, or one with the queue's URL as its key. Properties are
/// read individually and may reflect different moments. Safe for concurrent use.
/// </remarks>
public sealed class SqsQueueHealth
{
    private volatile bool _isReceiving;
    private long _lastReceived;
    private long _failingSince;
    private int _inFlight;

    internal SqsQueueHealth(string queueUrl) => QueueUrl = queueUrl;

    /// <summary>Gets the queue's URL.</summary>
    public string QueueUrl { get; }

    /// <summary>Gets whether the receiver runs: from the host's start to its stop, even while SQS is unavailable.</summary>
    public bool IsReceiving
    {
        get => _isReceiving;
        internal set => _isReceiving = value;
    }

    /// <summary>Gets the time, in UTC, of the last successful receive, or null before the first one.</summary>
    /// <remarks>An empty receive counts. An idle queue responds every 20 seconds; no request is sent while all slots are taken.</remarks>
    public DateTimeOffset? LastReceivedAt => ToTime(ref _lastReceived);

    /// <summary>Gets the time, in UTC, since which every receive has failed, or null if the last one succeeded.</summary>
    public DateTimeOffset? FailingSince => ToTime(ref _failingSince);

    /// <summary>Gets the number of messages in flight at this host, from 0 to <see cref="SqsEventsOptions.Parallelism"/>.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    internal void ReportReceived(DateTimeOffset now)
    {
        Volatile.Write(ref _lastReceived, now.UtcTicks);
        Volatile.Write(ref _failingSince, 0);
    }

    internal void ReportFailed(DateTimeOffset now) => Interlocked.CompareExchange(ref _failingSince, now.UtcTicks, 0);

    internal void ReportTaken() => Interlocked.Increment(ref _inFlight);

    internal void ReportReleased() => Interlocked.Decrement(ref _inFlight);

    private static DateTimeOffset? ToTime(ref long ticks) =>
        Volatile.Read(ref ticks) is var read and not 0 ? new DateTimeOffset(read, TimeSpan.Zero) : null;
}
