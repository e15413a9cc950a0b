using DirectUpload.Primitives;

namespace DirectUpload;

/// <summary>Configures the worker of this process.</summary>
/// <remarks>
/// Set the options in code (<c>AddWorker(options => …)</c>) or in the configuration section <c>DirectUploads:Worker</c>. Values from code
/// override values from configuration.
/// </remarks>
public sealed class UploadWorkerOptions
{
    /// <summary>Gets or sets a value that indicates whether the worker runs in the background of this process.</summary>
    /// <value>
    /// The default is true. If false, <c>AddWorker()</c> has no effect, and only <see cref="UploadWorker.RunOnceAsync"/> processes uploads.
    /// </value>
    public bool Enabled { get; set; } = true;

    /// <summary>Gets or sets the number of uploads that the worker processes at once.</summary>
    /// <value>1 to 1,000. The default is 8.</value>
    [OptionRange(1, 1000)]
    public int Parallelism { get; set; } = 8;

    /// <summary>Gets or sets the number of uploads for which the worker notifies event handlers at once.</summary>
    /// <value>1 to 1,000. The default is 8. Notifications do not use the slots of <see cref="Parallelism"/>.</value>
    [OptionRange(1, 1000)]
    public int NotificationParallelism { get; set; } = 8;

    /// <summary>Gets or sets the interval at which the worker polls the record store for uploads that are due.</summary>
    /// <value>
    /// 100 milliseconds to 1 hour. The default is 5 seconds. An upload that becomes due in this process wakes the worker at once.
    /// </value>
    [OptionRange("00:00:00.1000000", "01:00:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(5);
}
