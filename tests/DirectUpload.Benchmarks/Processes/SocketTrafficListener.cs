using System.Diagnostics.Tracing;

namespace DirectUpload.Benchmarks.Processes;

/// <summary>Counts what this process has received and sent over all its sockets, as the runtime itself counts it.</summary>
internal sealed class SocketTrafficListener : EventListener
{
    private const string Interval = "0.1";

    private long _received;
    private long _sent;

    /// <summary>The totals, once they can't lag behind any more.</summary>
    public async Task<Traffic> ReadAsync()
    {
        await Task.Delay(TimeSpan.FromMilliseconds(500));
        return new(Volatile.Read(ref _received), Volatile.Read(ref _sent));
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "System.Net.Sockets")
            EnableEvents(
                eventSource, EventLevel.LogAlways, EventKeywords.None,
                new Dictionary<string, string?> { ["EventCounterIntervalSec"] = Interval });
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventName != "EventCounters" || eventData.Payload is not [IDictionary<string, object> counter])
            return;
        if (counter["Name"] is "bytes-received")
            Volatile.Write(ref _received, Convert.ToInt64(counter["Mean"]));
        else if (counter["Name"] is "bytes-sent")
            Volatile.Write(ref _sent, Convert.ToInt64(counter["Mean"]));
    }
}

/// <summary>Bytes in both directions.</summary>
internal sealed record Traffic(long Received, long Sent)
{
    public long Total => Received + Sent;
}
