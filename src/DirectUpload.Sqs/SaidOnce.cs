namespace DirectUpload.Sqs;

/// <summary>Which messages something was said about, so that it is said once; the oldest is forgotten where there are many. Safe for concurrent use.</summary>
internal sealed class SaidOnce
{
    private const int Most = 1000;

    private readonly HashSet<string> _said = new(StringComparer.Ordinal);
    private readonly Queue<string> _inOrder = new();

    public bool IsNew(string messageId)
    {
        lock (_said)
        {
            if (!_said.Add(messageId))
                return false;
            _inOrder.Enqueue(messageId);
            if (_inOrder.Count > Most)
                _said.Remove(_inOrder.Dequeue());
            return true;
        }
    }
}
