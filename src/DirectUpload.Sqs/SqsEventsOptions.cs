namespace DirectUpload.Sqs;

/// <summary>How one queue is received from. The client, and with it region and credentials, comes from the container, never from here.</summary>
public sealed class SqsEventsOptions
{
    internal const int MostParallel = 100;
    internal static readonly TimeSpan LongestRequest = TimeSpan.FromMinutes(5);
    internal static readonly TimeSpan ShortestHidden = TimeSpan.FromSeconds(1);
    internal static readonly TimeSpan LongestHidden = TimeSpan.FromHours(12);

    /// <summary>How many messages are worked on at once by this host; a message that has no place yet stays in the queue, for other hosts to take.</summary>
    /// <value>1 to 100; 8 by default.</value>
    public int Parallelism { get; set; } = 8;

    /// <summary>
    /// For how long a message is hidden from other receivers, whatever the queue itself says; extended for as long as the message is worked on. When a host dies, what it was working
    /// on comes again after this time at the latest. A part of a second counts as a whole one.
    /// </summary>
    /// <value>1 second to 12 hours, which is SQS's bound; 30 seconds by default.</value>
    /// <remarks>Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html</remarks>
    public TimeSpan VisibilityTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets how long SQS may take to answer a request, in addition to the 20 seconds that it waits for a message. A request that takes longer has failed and is made again.</summary>
    /// <value>1 second to 5 minutes; 15 seconds by default.</value>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The queue, as the call that adds it names it.</summary>
    internal string QueueUrl { get; set; } = string.Empty;

    /// <summary>How long SQS waits for a message before it answers that there is none: its bound, save in tests that outlive their receivers.</summary>
    internal TimeSpan Wait { get; set; } = TimeSpan.FromSeconds(20);
}
