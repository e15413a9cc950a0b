using Microsoft.Extensions.Logging;

namespace DirectUpload.AspNetCore.StorageEvents;

/// <summary>What the endpoint writes to the log; never a message's text, a secret or an address.</summary>
internal static partial class StorageEventLog
{
    [LoggerMessage(10, LogLevel.Warning, "A storage event could not be read: {Fault}")]
    public static partial void EventUnreadable(this ILogger logger, string fault);

    [LoggerMessage(11, LogLevel.Warning, "SNS message {MessageId} was refused: {Fault}")]
    public static partial void SnsRefused(this ILogger logger, string messageId, string fault);

    [LoggerMessage(12, LogLevel.Information, "Subscribed to SNS topic {Topic}")]
    public static partial void SnsSubscribed(this ILogger logger, string topic);

    [LoggerMessage(13, LogLevel.Warning, "SNS topic {Topic} no longer sends to this endpoint: somebody has ended the subscription")]
    public static partial void SnsUnsubscribed(this ILogger logger, string topic);
}
