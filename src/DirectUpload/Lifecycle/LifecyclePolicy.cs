namespace DirectUpload.Lifecycle;

/// <summary>Holds the durations and limits that the lifecycle of uploads depends on.</summary>
/// <param name="Lease">How long a lease holds unless it is renewed.</param>
/// <param name="MaxAttempts">How many failed attempts an upload has.</param>
/// <param name="FailedRetention">How long the objects of a failed upload are kept, so that it can be retried.</param>
/// <param name="RecordRetention">How long the record of an upload is kept after its objects were deleted.</param>
internal sealed record LifecyclePolicy(TimeSpan Lease, int MaxAttempts, TimeSpan FailedRetention, TimeSpan RecordRetention)
{
    /// <summary>Specifies how long a PUT may still run after its presigned URL has expired.</summary>
    /// <remarks>Storage checks the expiry only when the request begins.</remarks>
    public static readonly TimeSpan UploadGracePeriod = TimeSpan.FromHours(1);

    /// <summary>Specifies how long a transition is delivered again to an event handler that throws.</summary>
    public static readonly TimeSpan NotificationWindow = TimeSpan.FromDays(3);

    /// <summary>Creates the policy from the options.</summary>
    /// <param name="options">The options.</param>
    /// <param name="hasEventHandlers">
    /// Whether this host notifies event handlers: then no record is purged while one may still be notified.
    /// </param>
    public static LifecyclePolicy Create(DirectUploadOptions options, bool hasEventHandlers) => new(
        options.ProcessingLease,
        options.MaxAttempts,
        options.FailedRetention,
        hasEventHandlers && options.RecordRetention < NotificationWindow ? NotificationWindow : options.RecordRetention);
}
