using System.Collections.Concurrent;

namespace DirectUpload.Sqs;

/// <summary>All that this host holds of a queue.</summary>
internal sealed class HeldMessages(SqsEventsHealth health)
{
    // By receipt: SQS may deliver a message that is held once more, under another one.
    private readonly ConcurrentDictionary<string, HeldMessage> _messages = new(StringComparer.Ordinal);

    public void Add(HeldMessage message)
    {
        if (_messages.TryAdd(message.Receipt, message))
            health.Took();
    }

    public void Remove(HeldMessage message)
    {
        if (_messages.TryRemove(message.Receipt, out _))
            health.LetGo();
    }

    /// <summary>Those whose fate is open.</summary>
    public IEnumerable<HeldMessage> Open() => _messages.Values.Where(message => !message.IsSettled);
}
