namespace DirectUpload;

/// <summary>Contains the result of <see cref="UploadHealth.CheckAsync"/>.</summary>
public sealed class UploadHealthReport
{
    /// <summary>Gets the failures that prevent uploads.</summary>
    /// <value>
    /// Messages that start with the component: <c>store</c>, <c>worker</c>, or <c>bucket NAME</c>. Empty if uploads work.
    /// </value>
    public IReadOnlyList<string> Failures { get; internal init; } = [];

    /// <summary>Gets the problems that delay uploads or limit what the profiles configure.</summary>
    /// <value>
    /// Messages that start with the component; <c>records</c> is the component of records that cannot be read. Empty if there are none.
    /// </value>
    public IReadOnlyList<string> Degradations { get; internal init; } = [];

    /// <summary>Gets the first exception that a check threw.</summary>
    /// <value>The exception; null for none.</value>
    public Exception? Exception { get; internal init; }

    /// <summary>Gets the number of records that wait for a worker.</summary>
    /// <value>0 to 10,000; more records are counted as 10,000.</value>
    public int BacklogCount { get; internal init; }

    /// <summary>Gets the time since which the oldest of these records has been due.</summary>
    /// <value>The time, in UTC; null if no record waits.</value>
    public DateTimeOffset? OldestDueAt { get; internal init; }

    /// <summary>Gets the time at which the worker of this process last polled the record store.</summary>
    /// <value>The time, in UTC; null if it never did.</value>
    public DateTimeOffset? WorkerLastPolledAt { get; internal init; }
}
