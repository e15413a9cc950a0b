using System.Collections.Concurrent;
using DirectUpload.Observers;
using DirectUpload.Uploads;

namespace DirectUpload.Tests.Observers;

/// <summary>Notes what it was told, and does what a test wants first.</summary>
internal sealed class Listener : IUploadObserver
{
    private readonly ConcurrentQueue<(UploadId Id, string Step, UploadStatus Status)> _heard = [];

    public Func<string, CancellationToken, Task> Doing { get; set; } = (_, _) => Task.CompletedTask;

    public IEnumerable<string> Heard => _heard.Select(told => told.Step);

    public IEnumerable<UploadStatus> Statuses => _heard.Select(told => told.Status);

    public int Calls;

    public IEnumerable<string> HeardOf(UploadId id) => _heard.Where(told => told.Id == id).Select(told => told.Step);

    public Task ConfirmedAsync(UploadRecord upload, CancellationToken cancellationToken) => HearAsync("confirmed", upload, cancellationToken);

    public Task ReadyAsync(UploadRecord upload, CancellationToken cancellationToken) => HearAsync("ready", upload, cancellationToken);

    public Task RejectedAsync(UploadRecord upload, CancellationToken cancellationToken) => HearAsync("rejected", upload, cancellationToken);

    public Task FailedAsync(UploadRecord upload, CancellationToken cancellationToken) => HearAsync("failed", upload, cancellationToken);

    public Task ExpiredAsync(UploadRecord upload, CancellationToken cancellationToken) => HearAsync("expired", upload, cancellationToken);

    public Task AbortedAsync(UploadRecord upload, CancellationToken cancellationToken) => HearAsync("aborted", upload, cancellationToken);

    public Task DeletedAsync(UploadRecord upload, CancellationToken cancellationToken) => HearAsync("deleted", upload, cancellationToken);

    private async Task HearAsync(string step, UploadRecord upload, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref Calls);
        await Doing(step, cancellationToken);
        _heard.Enqueue((upload.Id, step, upload.Status));
    }
}
