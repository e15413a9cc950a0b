using System.Collections.Concurrent;

namespace DirectUpload.Tests.Events;

/// <summary>Notes what it was told, and does what a test wants first.</summary>
internal sealed class RecordingEventHandler : IUploadEventHandler
{
    private readonly ConcurrentQueue<(UploadId Id, string Step, UploadStatus Status)> _received = [];

    public Func<string, CancellationToken, Task> OnEvent { get; set; } = (_, _) => Task.CompletedTask;

    public IEnumerable<string> ReceivedEvents => _received.Select(told => told.Step);

    public IEnumerable<UploadStatus> ReceivedStatuses => _received.Select(told => told.Status);

    public int Calls;

    public IEnumerable<string> GetEventsOf(UploadId id) => _received.Where(told => told.Id == id).Select(told => told.Step);

    public Task OnConfirmedAsync(Upload upload, CancellationToken cancellationToken) =>
        ReceiveAsync("confirmed", upload, cancellationToken);

    public Task OnReadyAsync(Upload upload, CancellationToken cancellationToken) => ReceiveAsync("ready", upload, cancellationToken);

    public Task OnRejectedAsync(Upload upload, CancellationToken cancellationToken) => ReceiveAsync("rejected", upload, cancellationToken);

    public Task OnFailedAsync(Upload upload, CancellationToken cancellationToken) => ReceiveAsync("failed", upload, cancellationToken);

    public Task OnExpiredAsync(Upload upload, CancellationToken cancellationToken) => ReceiveAsync("expired", upload, cancellationToken);

    public Task OnAbortedAsync(Upload upload, CancellationToken cancellationToken) => ReceiveAsync("aborted", upload, cancellationToken);

    public Task OnDeletedAsync(Upload upload, CancellationToken cancellationToken) => ReceiveAsync("deleted", upload, cancellationToken);

    private async Task ReceiveAsync(string step, Upload upload, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref Calls);
        await OnEvent(step, cancellationToken);
        _received.Enqueue((upload.Id, step, upload.Status));
    }
}
