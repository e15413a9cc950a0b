namespace DirectUpload.Client;

/// <summary>Configures one transfer; every option is optional.</summary>
public sealed record FileUploadOptions
{
    /// <summary>Gets the receiver of progress reports: about ten per second, and one at the end.</summary>
    /// <remarks>Reports come from any thread, one at a time. The upload waits for each report, so return quickly.</remarks>
    /// <value>The default is null: no reports.</value>
    public IProgress<FileUploadProgress>? Progress { get; init; }

    /// <summary>Gets the object that pauses and resumes the transfer.</summary>
    /// <value>The default is null: the transfer can't be paused.</value>
    public FileUploadPause? Pause { get; init; }

    /// <summary>Gets the callback that receives the upload's state once, when it is granted and before any byte is sent.</summary>
    /// <remarks>
    /// Store the state for <see cref="DirectUploadClient.ResumeAsync"/>; it contains secrets. An exception of the callback ends the upload.
    /// </remarks>
    /// <value>The default is null: the state is not reported.</value>
    public Func<FileUploadState, CancellationToken, Task>? OnStateCreated { get; init; }

    /// <summary>Gets whether cancellation also aborts the upload at the application, so that no object of it stays in storage.</summary>
    /// <remarks>The abort takes up to ten seconds. If it fails, the upload expires.</remarks>
    /// <value>The default is false: the bytes that have arrived stay and can be resumed.</value>
    public bool AbortOnCancellation { get; init; }

    /// <summary>Gets whether the call waits, without a time limit, until the application has processed the upload.</summary>
    /// <value>The default is true; false returns as soon as the bytes have arrived.</value>
    public bool WaitUntilReady { get; init; } = true;
}
