namespace DirectUpload.Crash.Host;

/// <summary>An event handler that appends each notification to a file, which outlives the process.</summary>
internal sealed class NotificationFile(string file, FaultPoints points) : IUploadEventHandler
{
    private static readonly Lock Writing = new();

    public Task OnConfirmedAsync(Upload upload, CancellationToken cancellationToken) => WriteAsync(upload, UploadStatus.Uploaded);

    public Task OnReadyAsync(Upload upload, CancellationToken cancellationToken) => WriteAsync(upload, UploadStatus.Ready);

    public Task OnRejectedAsync(Upload upload, CancellationToken cancellationToken) => WriteAsync(upload, UploadStatus.Rejected);

    public Task OnFailedAsync(Upload upload, CancellationToken cancellationToken) => WriteAsync(upload, UploadStatus.Failed);

    public Task OnExpiredAsync(Upload upload, CancellationToken cancellationToken) => WriteAsync(upload, UploadStatus.Expired);

    public Task OnAbortedAsync(Upload upload, CancellationToken cancellationToken) => WriteAsync(upload, UploadStatus.Aborted);

    public Task OnDeletedAsync(Upload upload, CancellationToken cancellationToken) => WriteAsync(upload, UploadStatus.Deleted);

    private Task WriteAsync(Upload upload, UploadStatus step)
    {
        points.Pass($"event handler: {step}, before");
        lock (Writing)
            File.AppendAllText(file, $"{upload.Id} {step}\n");
        points.Pass($"event handler: {step}, after");
        return Task.CompletedTask;
    }
}
