namespace DirectUpload.Stores;

/// <summary>Manages the record subscriptions of this process, one for each watched upload.</summary>
/// <remarks>All subscribers of an upload share one subscription, which receives changes that this process makes without delay.</remarks>
internal sealed class RecordChangeNotifier
{
    private readonly Lock _lock = new();
    private readonly Dictionary<UploadId, RecordSubscription> _subscriptions = [];

    /// <summary>Passes a record that this process changed to the subscription of the upload, if there is one.</summary>
    public void Notify(UploadRecord record)
    {
        RecordSubscription? subscription;
        lock (_lock)
            subscription = _subscriptions.GetValueOrDefault(record.Id);
        subscription?.Publish(record);
    }

    /// <summary>Joins the subscription of an upload, and starts it for the first subscriber.</summary>
    /// <remarks>Each subscriber calls <see cref="Unsubscribe"/> once.</remarks>
    /// <param name="known">The record that the caller read.</param>
    /// <param name="find">Reads the record again; only the function of the first subscriber is used.</param>
    /// <param name="clock">The clock that times the reads.</param>
    /// <returns>The subscription.</returns>
    public RecordSubscription Subscribe(UploadRecord known, Func<CancellationToken, ValueTask<UploadRecord?>> find, TimeProvider clock)
    {
        lock (_lock)
        {
            if (!_subscriptions.TryGetValue(known.Id, out var subscription))
            {
                _subscriptions.Add(known.Id, subscription = new RecordSubscription(known));
                _ = subscription.RunAsync(find, clock);
            }

            subscription.SubscriberCount++;
            subscription.Publish(known);
            return subscription;
        }
    }

    /// <summary>Leaves a subscription; the last subscriber ends it.</summary>
    public void Unsubscribe(RecordSubscription subscription, UploadId id)
    {
        lock (_lock)
        {
            // No other subscriber joins a failed subscription.
            var isLast = --subscription.SubscriberCount == 0;
            if ((isLast || subscription.HasFailed) && _subscriptions.GetValueOrDefault(id) == subscription)
                _subscriptions.Remove(id);
            if (isLast)
                subscription.Dispose();
        }
    }
}
