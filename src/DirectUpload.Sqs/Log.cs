using Microsoft.Extensions.Logging;

namespace DirectUpload.Sqs;

/// <summary>All that the package writes to the log. Names of queues, ids of messages; never a body, a URL or a token.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Storage's events are received from queue {Queue}, {Parallelism} at once")]
    public static partial void Began(this ILogger logger, string queue, int parallelism);

    [LoggerMessage(2, LogLevel.Information, "Storage's events are no longer received from queue {Queue}; {GivenBack} messages were given back unhandled")]
    public static partial void Ended(this ILogger logger, string queue, int givenBack);

    [LoggerMessage(3, LogLevel.Debug, "Message {MessageId}, received {Receives} times, led to {Confirmed} confirmed uploads; {Ignored} of its events were of none that waits")]
    public static partial void Handled(this ILogger logger, string messageId, int receives, int confirmed, int ignored);

    [LoggerMessage(4, LogLevel.Error,
        "Message {MessageId} of queue {Queue}, received {Receives} times, can't be read and never will: {Fault} It is left to the queue's redrive policy. This is said once for a message")]
    public static partial void Unreadable(this ILogger logger, string messageId, string queue, int receives, string fault);

    [LoggerMessage(5, LogLevel.Debug, "Message {MessageId}, received {Receives} times, could not be handled now; it comes again in {Delay}")]
    public static partial void ComesAgain(this ILogger logger, string messageId, int receives, TimeSpan delay);

    [LoggerMessage(6, LogLevel.Warning, "SQS refused to delete, hide or show message {MessageId}: {Code}; it may be delivered again, which does no harm")]
    public static partial void Refused(this ILogger logger, string messageId, string code);

    [LoggerMessage(7, LogLevel.Warning, "{Work} of queue {Queue} fails; it is tried again until it works. This is said once")]
    public static partial void OutageBegan(this ILogger logger, Exception exception, string work, string queue);

    [LoggerMessage(8, LogLevel.Debug, "{Work} of queue {Queue} still fails")]
    public static partial void OutageGoesOn(this ILogger logger, Exception exception, string work, string queue);

    [LoggerMessage(9, LogLevel.Information, "{Work} of queue {Queue} works again, after {Duration} in which {Failures} tries failed")]
    public static partial void OutageIsOver(this ILogger logger, string work, string queue, TimeSpan duration, int failures);
}
