namespace DirectUpload.Sqs.Receiving;

/// <summary>
/// Remembers which messages were logged, so that each is logged once; drops the oldest above a limit. Safe for concurrent use.
/// </summary>
internal sealed class LogOnceFilter
{
    private const int MaxIds = 1000;

    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    public bool IsNew(string messageId)
    {
        lock (_ids)
        {
            if (!_ids.Add(messageId))
                return false;
            _order.Enqueue(messageId);
            if (_order.Count > MaxIds)
                _ids.Remove(_order.Dequeue());
            return true;
        }
    }
}
