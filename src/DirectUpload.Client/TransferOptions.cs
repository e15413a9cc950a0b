namespace DirectUpload.Client;

/// <summary>How one transfer is done and watched. None of it is needed.</summary>
public sealed record TransferOptions
{
    /// <summary>Told about every tenth of a second, and at the end; from any thread, one call at a time. Let it return soon: the upload waits for it.</summary>
    public IProgress<UploadProgress>? Progress { get; init; }

    /// <summary>Holds the upload and lets it go on.</summary>
    public UploadPause? Pause { get; init; }

    /// <summary>Called once, when the upload is granted and before a byte is sent, with what <see cref="DirectUploadClient.ResumeAsync"/> needs. It holds secrets. What it throws ends the upload.</summary>
    public Func<UploadState, CancellationToken, Task>? SaveState { get; init; }

    /// <summary>
    /// Whether cancelling ends the upload at the application too, so that nothing of it stays in storage; it takes up to ten seconds, and what fails of it is left to the upload's expiry.
    /// Default false: what has arrived stays, to be resumed.
    /// </summary>
    public bool AbortOnCancel { get; init; }

    /// <summary>Whether to wait, for as long as it takes, until the application has processed the upload. Default true; false returns as soon as it has arrived.</summary>
    public bool WaitUntilReady { get; init; } = true;
}
