using DirectUpload.Diagnostics;
using DirectUpload.Lifecycle;
using DirectUpload.Stores;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Processing;

/// <summary>Holds the lease of one record for as long as an attempt takes, and renews it.</summary>
/// <remarks>
/// Every write of the attempt goes through this class, so renewal and work do not conflict. Once the lease is lost, the attempt writes
/// nothing more, and <see cref="CancellationToken"/> is canceled.
/// </remarks>
internal sealed class UploadLease : IAsyncDisposable
{
    private readonly RecordUpdater _records;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _updateLock = new(1);
    private readonly CancellationTokenSource _cancellation;
    private readonly CancellationTokenSource _renewalCancellation = new();
    private readonly Task _renewal;

    public UploadLease(UploadRecord record, RecordUpdater records, ILogger logger, CancellationToken cancellationToken)
    {
        Record = record;
        _records = records;
        _logger = logger;
        _cancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _renewal = RenewAsync();
    }

    /// <summary>The record as this attempt last stored or read it.</summary>
    public UploadRecord Record { get; private set; }

    /// <summary>The clock of the library.</summary>
    public TimeProvider Clock => _records.Clock;

    /// <summary>Whether the lease is lost: another attempt holds the record, or the record's status is terminal.</summary>
    public bool IsLost { get; private set; }

    /// <summary>A token that is canceled when the caller cancels or the lease is lost.</summary>
    public CancellationToken CancellationToken => _cancellation.Token;

    /// <summary>Applies an event to the record.</summary>
    /// <returns>The updated record; null when the lease is lost.</returns>
    public Task<UploadRecord?> TryUpdateAsync(UploadEvent happened, CancellationToken cancellationToken) =>
        TryUpdateAsync(_ => happened, cancellationToken);

    /// <summary>Applies the event that <paramref name="decide"/> returns, if any.</summary>
    /// <returns>The updated record; null when the lease is lost.</returns>
    public Task<UploadRecord?> TryUpdateAsync(Func<UploadRecord, UploadEvent?> decide, CancellationToken cancellationToken) =>
        TryUpdateAsync(current => decide(current) is { } happened ? [happened] : null, cancellationToken);

    /// <summary>Applies the events that <paramref name="decide"/> returns, if any, in one write.</summary>
    /// <returns>The updated record; null when the lease is lost.</returns>
    public async Task<UploadRecord?> TryUpdateAsync(Func<UploadRecord, UploadEvent[]?> decide, CancellationToken cancellationToken)
    {
        await _updateLock.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (IsLost)
                return null;
            var (isFirst, isHeld) = (true, false);
            var updated = await _records.UpdateAsync(
                Record,
                current =>
                {
                    isHeld = isFirst || IsStillHeld(current);
                    isFirst = false;
                    if (!isHeld)
                        return null;
                    Record = current;
                    return decide(current);
                },
                cancellationToken).ConfigureAwait(false);
            if (updated is not null && isHeld)
                return Record = updated;
            IsLost = true;
            await _cancellation.CancelAsync().ConfigureAwait(false);
            return null;
        }
        finally
        {
            _updateLock.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _renewalCancellation.CancelAsync().ConfigureAwait(false);
        await _renewal.ConfigureAwait(false);
        _cancellation.Dispose();
        _renewalCancellation.Dispose();
        _updateLock.Dispose();
    }

    // A rotated token does not end the lease; another attempt or a terminal status does. The lease also counts as lost when the store
    // refuses a write and then returns the same version.
    private bool IsStillHeld(UploadRecord current) =>
        current.Status == Record.Status && current.Attempts == Record.Attempts && current.Version > Record.Version;

    private async Task RenewAsync()
    {
        while (!IsLost)
        {
            await Task.Delay(_records.Policy.Lease / 3, _records.Clock, _renewalCancellation.Token).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing);
            if (_renewalCancellation.IsCancellationRequested)
                return;
            try
            {
                // This attempt must not change NextActionAt of a released or terminal record.
                await TryUpdateAsync(
                    record => UploadLifecycle.IsAttempted(record) ? new UploadEvent.LeaseRenewed() : null,
                    _renewalCancellation.Token).ConfigureAwait(false);
            }
            catch (Exception) when (_renewalCancellation.IsCancellationRequested)
            {
                return;
            }
            catch (Exception unavailable)
            {
                // Two thirds of the lease remain for further tries; then it expires.
                _logger.LeaseRenewalFailed(unavailable, Record.Id);
            }
        }
    }
}
