using DirectUpload.Uploads;

namespace DirectUpload.Records;

/// <summary>The watchers of this process, one for each upload that is followed, however many follow it. Changes that this process makes reach them at once.</summary>
internal sealed class RecordChanges
{
    private readonly Lock _lock = new();
    private readonly Dictionary<UploadId, RecordWatch> _watches = [];

    /// <summary>Passes a record that this process has changed to its watcher, if it has one.</summary>
    public void Changed(UploadRecord record)
    {
        RecordWatch? watch;
        lock (_lock)
            watch = _watches.GetValueOrDefault(record.Id);
        watch?.Offer(record);
    }

    /// <summary>Joins the watcher of an upload, and begins it for the first who joins; <see cref="Leave"/> it once.</summary>
    /// <param name="known">The record as the caller has just read it.</param>
    /// <param name="find">Reads the record again; used by the first who joins.</param>
    /// <param name="clock">Times the look-ups.</param>
    public RecordWatch Join(UploadRecord known, Func<CancellationToken, ValueTask<UploadRecord?>> find, TimeProvider clock)
    {
        lock (_lock)
        {
            if (!_watches.TryGetValue(known.Id, out var watch))
            {
                _watches.Add(known.Id, watch = new RecordWatch(known));
                _ = watch.RunAsync(find, clock);
            }

            watch.Followers++;
            watch.Offer(known);
            return watch;
        }
    }

    /// <summary>Leaves a watcher; the last who leaves ends it.</summary>
    public void Leave(RecordWatch watch, UploadId id)
    {
        lock (_lock)
        {
            // After a failure no other follower joins it.
            var isLast = --watch.Followers == 0;
            if ((isLast || watch.HasFailed) && _watches.GetValueOrDefault(id) == watch)
                _watches.Remove(id);
            if (isLast)
                watch.Dispose();
        }
    }
}
