using System.Collections.Concurrent;

namespace DirectUpload.Sqs.Receiving;

/// <summary>Holds all messages of a queue that this host has received.</summary>
internal sealed class InFlightMessages(SqsQueueHealth health)
{
    // The key is the receipt handle: SQS may deliver a message again, with another handle, while it is in flight.
    private readonly ConcurrentDictionary<string, InFlightMessage> _messages = new(StringComparer.Ordinal);

    public void Add(InFlightMessage message)
    {
        if (_messages.TryAdd(message.ReceiptHandle, message))
            health.ReportTaken();
    }

    public void Remove(InFlightMessage message)
    {
        if (_messages.TryRemove(message.ReceiptHandle, out _))
            health.ReportReleased();
    }

    /// <summary>Returns the messages that are neither deleted nor released.</summary>
    public IEnumerable<InFlightMessage> GetPending() => _messages.Values.Where(message => !message.IsCompleted);
}
