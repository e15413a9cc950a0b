using DirectUpload.Records;
using DirectUpload.Uploads;

namespace DirectUpload.Processing;

/// <summary>
/// A record that is ours to work on. The lease is renewed for as long as the work takes; all that is written goes through here, so that renewal and work don't take
/// each other for somebody else. Once lost, nothing more is written, and <see cref="Work"/> is cancelled.
/// </summary>
internal sealed class Claim : IAsyncDisposable
{
    private readonly IUploadRecordStore _store;
    private readonly TimeSpan _lease;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _work;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _renewing;

    public Claim(UploadRecord record, IUploadRecordStore store, TimeSpan lease, TimeProvider clock, CancellationToken cancellationToken)
    {
        Record = record;
        _store = store;
        _lease = lease;
        _clock = clock;
        _work = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _renewing = RenewAsync();
    }

    /// <summary>The record as it was last stored by us.</summary>
    public UploadRecord Record { get; private set; }

    /// <summary>Somebody else has the record, or has ended it.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Cancelled when the caller gives up, or the claim is lost.</summary>
    public CancellationToken Work => _work.Token;

    /// <summary>Changes the record as it stands; null when the claim is lost.</summary>
    public async Task<UploadRecord?> TryUpdateAsync(Func<UploadRecord, UploadRecord> change, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (IsLost)
                return null;
            while (true)
            {
                var changed = change(Record);
                if (ReferenceEquals(changed, Record))
                    return Record;
                if (await _store.TryUpdateAsync(changed, cancellationToken).ConfigureAwait(false) is { } updated)
                    return Record = updated;
                // A token that was rotated or revoked takes nothing from us; another attempt, or an end, does.
                if (await _store.FindAsync(Record.Id, cancellationToken).ConfigureAwait(false) is not { } current
                    || current.Status != Record.Status || current.Attempts != Record.Attempts || current.Version <= Record.Version)
                    break;
                Record = current;
            }

            IsLost = true;
            await _work.CancelAsync().ConfigureAwait(false);
            return null;
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await _renewing.ConfigureAwait(false);
        _work.Dispose();
        _end.Dispose();
        _turn.Dispose();
    }

    private async Task RenewAsync()
    {
        while (!IsLost)
        {
            await Task.Delay(_lease / 3, _clock, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_end.IsCancellationRequested)
                return;
            try
            {
                // Only while it is being worked on: what was settled or released meanwhile is due when that says.
                await TryUpdateAsync(
                    record => record.Status == UploadStatus.Processing ? record with { DueAt = _clock.GetUtcNow() + _lease } : record, _end.Token).ConfigureAwait(false);
            }
            catch (Exception)
            {
                // The store is out, or the work has ended: there are two more thirds to try in, and then the lease was rightly lost.
            }
        }
    }
}
