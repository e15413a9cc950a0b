using Microsoft.Extensions.Logging;

namespace DirectUpload.Sqs.Receiving;

/// <summary>Defines all log messages of the package; they contain queue names and message ids, never a body, a URL or a token.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Receiver of queue {Queue} started with a parallelism of {Parallelism}")]
    public static partial void ReceiverStarted(this ILogger logger, string queue, int parallelism);

    [LoggerMessage(2, LogLevel.Information, "Receiver of queue {Queue} stopped; {GivenBack} unhandled messages were released")]
    public static partial void ReceiverStopped(this ILogger logger, string queue, int givenBack);

    [LoggerMessage(3, LogLevel.Debug, "Message {MessageId}, received {Receives} times, confirmed {Confirmed} uploads")]
    public static partial void MessageHandled(this ILogger logger, string messageId, int receives, int confirmed);

    [LoggerMessage(4, LogLevel.Error,
        "Message {MessageId} of queue {Queue}, received {Receives} times, could not be parsed: {Fault} "
        + "The queue's redrive policy handles it. Logged once per message")]
    public static partial void MessageUnreadable(this ILogger logger, string messageId, string queue, int receives, string fault);

    [LoggerMessage(5, LogLevel.Debug, "Message {MessageId}, received {Receives} times, was not handled; redelivery in {Delay}")]
    public static partial void MessageRetryScheduled(this ILogger logger, string messageId, int receives, TimeSpan delay);

    [LoggerMessage(6, LogLevel.Warning,
        "Delete or visibility change of message {MessageId} refused by SQS: {Code}; the message may be delivered again, "
        + "which does no harm")]
    public static partial void BatchEntryFailed(this ILogger logger, string messageId, string code);

    [LoggerMessage(7, LogLevel.Warning, "{Work} of queue {Queue} failed; retrying until it succeeds, further failures are logged at Debug")]
    public static partial void WorkFailing(this ILogger logger, Exception exception, string work, string queue);

    [LoggerMessage(8, LogLevel.Debug, "{Work} of queue {Queue} failed again")]
    public static partial void WorkStillFailing(this ILogger logger, Exception exception, string work, string queue);

    [LoggerMessage(9, LogLevel.Information, "{Work} of queue {Queue} recovered after {Duration} and {Failures} failed attempts")]
    public static partial void WorkRecovered(this ILogger logger, string work, string queue, TimeSpan duration, int failures);
}
