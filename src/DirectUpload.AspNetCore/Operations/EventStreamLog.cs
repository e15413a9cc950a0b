using Microsoft.Extensions.Logging;

namespace DirectUpload.AspNetCore.Operations;

/// <summary>Writes the log messages of event streams.</summary>
internal static partial class EventStreamLog
{
    [LoggerMessage(20, LogLevel.Warning, "Event stream of upload {UploadId} failed; the client reconnects")]
    public static partial void EventStreamFailed(this ILogger logger, Exception exception, UploadId uploadId);

    [LoggerMessage(21, LogLevel.Warning, "Event stream of {UploadCount} uploads failed; the client reconnects")]
    public static partial void SharedEventStreamFailed(this ILogger logger, Exception exception, int uploadCount);
}
