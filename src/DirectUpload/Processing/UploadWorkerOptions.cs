namespace DirectUpload.Processing;

/// <summary>How the worker of this process works.</summary>
public sealed class UploadWorkerOptions
{
    /// <summary>How many uploads it works on at once: 1 to 1,000. Default 8.</summary>
    public int Parallelism { get; set; } = 8;

    /// <summary>Gets or sets how many uploads' event handlers are notified at once, beside the uploads that are processed.</summary>
    /// <value>1 to 1,000; 8 by default.</value>
    public int NotificationParallelism { get; set; } = 8;

    /// <summary>
    /// How often it asks the store what has become due, when nothing was: 100 milliseconds to 1 hour. Default 5 seconds. What becomes due in this very process wakes it at once.
    /// </summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(5);
}
