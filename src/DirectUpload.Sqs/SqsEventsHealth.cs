namespace DirectUpload.Sqs;

/// <summary>
/// How the receiver of one queue fares, for a health check of your own. <c>AddSqsEvents</c> registers one for each queue: ask the container for all of them, or for the one of a queue, keyed by its
/// URL as it was given. Properties are read one by one and may be of different moments. Safe for concurrent use.
/// </summary>
public sealed class SqsEventsHealth
{
    private volatile bool _isReceiving;
    private long _lastReceived;
    private long _failingSince;
    private int _inFlight;

    internal SqsEventsHealth(string queueUrl) => QueueUrl = queueUrl;

    /// <summary>The queue.</summary>
    public string QueueUrl { get; }

    /// <summary>Whether the receiver runs: from the host's start until it is told to stop, also while SQS can't be reached.</summary>
    public bool IsReceiving
    {
        get => _isReceiving;
        internal set => _isReceiving = value;
    }

    /// <summary>
    /// When SQS last answered a receive, be it that there was nothing, in UTC; null before the first answer. An idle queue answers every 20 seconds; while all places are taken, nothing is asked.
    /// </summary>
    public DateTimeOffset? LastReceivedAt => At(ref _lastReceived);

    /// <summary>Since when every receive has failed, in UTC; null when the last one was answered.</summary>
    public DateTimeOffset? FailingSince => At(ref _failingSince);

    /// <summary>How many messages this host holds at the moment: 0 to <see cref="SqsEventsOptions.Parallelism"/>.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    internal void Received(DateTimeOffset now)
    {
        Volatile.Write(ref _lastReceived, now.UtcTicks);
        Volatile.Write(ref _failingSince, 0);
    }

    internal void Failed(DateTimeOffset now) => Interlocked.CompareExchange(ref _failingSince, now.UtcTicks, 0);

    internal void Took() => Interlocked.Increment(ref _inFlight);

    internal void LetGo() => Interlocked.Decrement(ref _inFlight);

    private static DateTimeOffset? At(ref long ticks) => Volatile.Read(ref ticks) is var read and not 0 ? new DateTimeOffset(read, TimeSpan.Zero) : null;
}
