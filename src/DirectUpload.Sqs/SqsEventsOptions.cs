using DirectUpload.Primitives;

namespace DirectUpload.Sqs;

/// <summary>Represents the options of the receiver of one queue.</summary>
/// <remarks>
/// Set them for every queue in the section <c>DirectUploads:Sqs</c>, or for one in <c>AddSqsEvents(url, o => …)</c>; values set in code
/// override the configuration. The client, with region and credentials, comes from the container.
/// </remarks>
public sealed class SqsEventsOptions
{
    /// <summary>Gets or sets the maximum number of messages that this host processes at once.</summary>
    /// <value>1 to 100 messages. The default is 8.</value>
    /// <remarks>Further messages stay in the queue and are visible to other hosts.</remarks>
    [OptionRange(1, 100)]
    public int Parallelism { get; set; } = 8;

    /// <summary>Gets or sets how long a received message is hidden from other receivers.</summary>
    /// <value>1 second to 12 hours, the maximum of SQS, rounded up to whole seconds. The default is 30 seconds.</value>
    /// <remarks>
    /// The value overrides the queue's setting. The receiver extends the timeout while the message is processed. After a host has crashed,
    /// its messages are delivered again when the timeout ends. Source:
    /// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html
    /// </remarks>
    [OptionRange("00:00:01", "12:00:00")]
    public TimeSpan VisibilityTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets the timeout of a request to SQS, in addition to the 20 seconds of a long poll.</summary>
    /// <value>1 second to 5 minutes. The default is 15 seconds.</value>
    /// <remarks>A request that takes longer fails and is retried.</remarks>
    [OptionRange("00:00:01", "00:05:00")]
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Gets or sets the queue's URL, as passed to AddSqsEvents.</summary>
    internal string QueueUrl { get; set; } = string.Empty;

    /// <summary>Gets or sets the long-poll time: the maximum of SQS, except in tests that outlive their receivers.</summary>
    internal TimeSpan WaitTime { get; set; } = TimeSpan.FromSeconds(20);
}
