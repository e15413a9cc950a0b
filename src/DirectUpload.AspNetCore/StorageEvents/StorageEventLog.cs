using Microsoft.Extensions.Logging;

namespace DirectUpload.AspNetCore.StorageEvents;

/// <summary>Writes the endpoint's log messages, which never contain a message's text, a secret or an address.</summary>
internal static partial class StorageEventLog
{
    [LoggerMessage(10, LogLevel.Warning, "Storage event could not be read: {Error}")]
    public static partial void EventUnreadable(this ILogger logger, string error);

    [LoggerMessage(11, LogLevel.Warning, "SNS message {MessageId} was refused: {Error}")]
    public static partial void SnsRefused(this ILogger logger, string messageId, string error);

    [LoggerMessage(12, LogLevel.Information, "Subscribed to SNS topic {Topic}")]
    public static partial void SnsSubscribed(this ILogger logger, string topic);

    [LoggerMessage(13, LogLevel.Warning, "SNS subscription to topic {Topic} was deleted; the topic no longer sends to this endpoint")]
    public static partial void SnsUnsubscribed(this ILogger logger, string topic);
}
