using DirectUpload.Observers;
using DirectUpload.Uploads;

namespace DirectUpload.Crash.Host;

/// <summary>An observer that writes down what it is told, a line each, which outlives the process.</summary>
internal sealed class ToldFile(string file, FaultPoints points) : IUploadObserver
{
    private static readonly Lock Writing = new();

    public Task ConfirmedAsync(UploadRecord upload, CancellationToken cancellationToken) => WriteAsync(upload, UploadStatus.Uploaded);

    public Task ReadyAsync(UploadRecord upload, CancellationToken cancellationToken) => WriteAsync(upload, UploadStatus.Ready);

    public Task RejectedAsync(UploadRecord upload, CancellationToken cancellationToken) => WriteAsync(upload, UploadStatus.Rejected);

    public Task FailedAsync(UploadRecord upload, CancellationToken cancellationToken) => WriteAsync(upload, UploadStatus.Failed);

    public Task ExpiredAsync(UploadRecord upload, CancellationToken cancellationToken) => WriteAsync(upload, UploadStatus.Expired);

    public Task AbortedAsync(UploadRecord upload, CancellationToken cancellationToken) => WriteAsync(upload, UploadStatus.Aborted);

    public Task DeletedAsync(UploadRecord upload, CancellationToken cancellationToken) => WriteAsync(upload, UploadStatus.Deleted);

    private Task WriteAsync(UploadRecord upload, UploadStatus step)
    {
        points.Pass($"observer: {step}, before");
        lock (Writing)
            File.AppendAllText(file, $"{upload.Id} {step}\n");
        points.Pass($"observer: {step}, after");
        return Task.CompletedTask;
    }
}
