using DirectUpload.Records;
using DirectUpload.Uploads;

namespace DirectUpload.Tests.Records.Proof;

/// <summary>
/// Lists, counts and claims by an index that follows a moment later, and records that the database itself retires, some day: sound, if the store says
/// so, and broken if it does not.
/// </summary>
internal sealed class Views_that_lag(Rows rows) : SoundStore(rows)
{
    public static readonly TimeSpan Lag = TimeSpan.FromMilliseconds(40);

    private Rows _seen = new();
    private long _seenAt;

    public override async ValueTask<IReadOnlyList<UploadRecord>> ListByOwnerAsync(
        string? owner, int limit, UploadId? before = null, CancellationToken cancellationToken = default) =>
        await new SoundStore(Seen()).ListByOwnerAsync(owner, limit, before, cancellationToken);

    public override async ValueTask<PendingUploads> CountPendingAsync(string profile, string? owner, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        await new SoundStore(Seen()).CountPendingAsync(profile, owner, now, cancellationToken);

    public override async ValueTask<int> CountCreatedAsync(string? owner, DateTimeOffset since, int limit, CancellationToken cancellationToken = default) =>
        await new SoundStore(Seen()).CountCreatedAsync(owner, since, limit, cancellationToken);

    public override async ValueTask<IReadOnlyList<UploadRecord>> ClaimDueAsync(
        DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default)
    {
        await WaitAsync(cancellationToken);
        UploadRecord[] candidates;
        var seen = Seen();
        lock (seen)
            candidates = [.. InOrder(seen.All.Values.Where(record => IsDue(record, now))).Take(limit)];
        // The very one that was seen: a record that was deleted and added again has the versions of the old one.
        lock (Rows)
            return [.. candidates.Where(record => ReferenceEquals(Rows.Find(record.Id), record)).Select(record => Rows.Put(Claimed(record, until)))];
    }

    protected override bool Retires(UploadRecord record, DateTimeOffset now) => false;

    private Rows Seen()
    {
        lock (Rows)
        {
            if (TimeProvider.System.GetElapsedTime(_seenAt) < Lag)
                return _seen;
            (_seen, _seenAt) = (new Rows(), TimeProvider.System.GetTimestamp());
            foreach (var record in Rows.All.Values)
                _seen.All.Add(record.Id, record);
            return _seen;
        }
    }
}
