using DirectUpload.Confirmation;
using DirectUpload.Diagnostics;
using DirectUpload.Records;
using DirectUpload.Uploads;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Processing;

/// <summary>
/// Does what is due: uploads that nobody confirmed, processing that was interrupted, expiry, objects to be deleted. Run it from
/// <c>AddWorker()</c>, or call <see cref="RunOnceAsync"/> from a scheduler (Lambda, Hangfire, cron). Several may run at once on
/// one store; each record's step is taken once. Safe for concurrent use.
/// </summary>
public sealed class UploadWorker
{
    private const int BatchSize = 100;

    private static readonly TimeSpan Postponement = TimeSpan.FromMinutes(1);

    private readonly IUploadRecordStore _store;
    private readonly UploadArrival _arrival;
    private readonly UploadProcessing _processing;
    private readonly UploadRemoval _removal;
    private readonly ProcessingLease _lease;
    private readonly TimeProvider _clock;
    private readonly ILogger<UploadWorker> _logger;

    internal UploadWorker(
        IUploadRecordStore store, UploadArrival arrival, UploadProcessing processing, UploadRemoval removal,
        ProcessingLease lease, TimeProvider clock, ILogger<UploadWorker> logger)
    {
        _store = store;
        _arrival = arrival;
        _processing = processing;
        _removal = removal;
        _lease = lease;
        _clock = clock;
        _logger = logger;
    }

    /// <summary>Takes one round over what is due by now, at most 100 records, oldest first.</summary>
    /// <param name="cancellationToken">Ends the round; what was begun is taken up again later.</param>
    /// <returns>How many records took a step. A record whose step failed is logged and stays due.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken = default)
    {
        var done = 0;
        var now = _clock.GetUtcNow();
        foreach (var record in await _store.ClaimDueAsync(now, now + _lease.Duration, BatchSize, cancellationToken).ConfigureAwait(false))
        {
            try
            {
                var after = await StepAsync(record, cancellationToken).ConfigureAwait(false);
                if (after?.Version == record.Version)
                    await PostponeAsync(record, cancellationToken).ConfigureAwait(false);
                else if (after is not null)
                    done++;
            }
            catch (Exception outage) when (!cancellationToken.IsCancellationRequested)
            {
                _logger.StepFailed(outage, record.Id, record.Status);
                await PostponeAsync(record, cancellationToken).ConfigureAwait(false);
            }
        }

        return done;
    }

    // What can't take its step now must not stand at the head of the queue for ever. When even this fails, the next round tries.
    private async Task PostponeAsync(UploadRecord record, CancellationToken cancellationToken)
    {
        try
        {
            await _store.TryUpdateAsync(record with { DueAt = _clock.GetUtcNow() + Postponement }, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception outage) when (!cancellationToken.IsCancellationRequested)
        {
            _logger.StepFailed(outage, record.Id, record.Status);
        }
    }

    private async Task<UploadRecord?> StepAsync(UploadRecord record, CancellationToken cancellationToken)
    {
        var current = record.Status == UploadStatus.Requested
            ? await _arrival.CheckAsync(record, cancellationToken).ConfigureAwait(false)
            : record;
        if (current is null)
            return null;
        if (current.Status is UploadStatus.Uploaded or UploadStatus.Processing)
            return await _processing.ProcessAsync(current, cancellationToken).ConfigureAwait(false);
        return current.Version == record.Version && current.Status.IsSettled()
            ? await _removal.PurgeAsync(current, cancellationToken).ConfigureAwait(false)
            : current;
    }
}
