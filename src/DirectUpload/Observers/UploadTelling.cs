using DirectUpload.Diagnostics;
using DirectUpload.Records;
using DirectUpload.Uploads;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Observers;

/// <summary>Tells observers what became of an upload. Only whoever has claimed the record does so.</summary>
internal sealed class UploadTelling(
    IReadOnlyList<UploadObserver> observers, IServiceScopeFactory scopes, IUploadRecordStore store, UploadMetrics metrics, TimeSpan lease, TimeProvider clock, ILogger<UploadTelling> logger)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    /// <summary>Whether any observer has still to be told of a step.</summary>
    public bool IsUntold(UploadRecord record)
    {
        var now = clock.GetUtcNow();
        return observers.Any(observer => ToldSteps.Untold(record, observer.Name, now).Any());
    }

    /// <summary>The record, due at once when somebody has to be told of it, else when its own next step is due.</summary>
    public UploadRecord Due(UploadRecord record, DateTimeOffset? next) => record with { DueAt = IsUntold(record) ? clock.GetUtcNow() : next };

    /// <summary>When those who could not be told are told again: the longer it has failed, the later, to an hour.</summary>
    public DateTimeOffset AgainAt(UploadRecord record)
    {
        var now = clock.GetUtcNow();
        var failing = now - observers.SelectMany(observer => ToldSteps.Untold(record, observer.Name, now)).Min(step => step.At);
        var pause = Math.Clamp(failing.TotalSeconds / 2, 1, LongestPause.TotalSeconds);
        return now + TimeSpan.FromSeconds(pause * (0.75 + (Random.Shared.NextDouble() / 2)));
    }

    /// <summary>Tells each observer what it has not been told, all of them at once, and notes how far each came. The record as it is then; null when it has gone.</summary>
    public async Task<UploadRecord?> TellAsync(UploadRecord claimed, CancellationToken cancellationToken)
    {
        if (!IsUntold(claimed))
            return claimed;
        var told = await Task.WhenAll(observers.Select(observer => TellAsync(observer, claimed, cancellationToken))).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return await NoteAsync(claimed, [.. told.OfType<UploadTold>()], cancellationToken).ConfigureAwait(false);
    }

    private async Task<UploadTold?> TellAsync(UploadObserver observer, UploadRecord record, CancellationToken cancellationToken)
    {
        UploadTold? until = null;
        using var patience = new CancellationTokenSource(lease / 2, clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        foreach (var step in ToldSteps.Untold(record, observer.Name, clock.GetUtcNow()))
        {
            try
            {
                // An observer that is deaf to its cancellation is left behind; it will be called once more.
                await CallAsync(observer, step.Status, record, ending.Token).WaitAsync(ending.Token).ConfigureAwait(false);
                until = new UploadTold(observer.Name, step.At);
                metrics.Told(observer.Name, succeeded: true);
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception fault)
            {
                metrics.Told(observer.Name, succeeded: false);
                logger.ObserverThrew(fault, observer.Name, record.Id, step.Status);
                break;
            }
        }

        return until;
    }

    private async Task CallAsync(UploadObserver observer, UploadStatus step, UploadRecord record, CancellationToken cancellationToken)
    {
        await Task.Yield();
        using var activity = UploadActivities.Start("Tell", record.Id, record.Profile)?.SetTag("directupload.observer", observer.Name);
        var scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            var told = observer.Create(scope.ServiceProvider);
            await (step switch
            {
                UploadStatus.Uploaded => told.ConfirmedAsync(record, cancellationToken),
                UploadStatus.Ready => told.ReadyAsync(record, cancellationToken),
                UploadStatus.Rejected => told.RejectedAsync(record, cancellationToken),
                UploadStatus.Failed => told.FailedAsync(record, cancellationToken),
                UploadStatus.Expired => told.ExpiredAsync(record, cancellationToken),
                UploadStatus.Aborted => told.AbortedAsync(record, cancellationToken),
                UploadStatus.Deleted => told.DeletedAsync(record, cancellationToken),
                _ => Task.CompletedTask,
            }).ConfigureAwait(false);
        }
    }

    // Whoever has changed the record meanwhile knows nothing of what was told: it is added to theirs.
    private async Task<UploadRecord?> NoteAsync(UploadRecord record, IReadOnlyList<UploadTold> told, CancellationToken cancellationToken)
    {
        for (var current = record; current is not null && told.Count > 0; current = await store.FindAsync(record.Id, cancellationToken).ConfigureAwait(false))
        {
            if (await store.TryUpdateAsync(current with { Told = told.Aggregate(current.Told, ToldSteps.With) }, cancellationToken).ConfigureAwait(false) is { } noted)
                return current.Version == record.Version ? noted : null;
        }

        return told.Count == 0 ? record : null;
    }
}
