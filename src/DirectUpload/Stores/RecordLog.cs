using Microsoft.Extensions.Logging;

namespace DirectUpload.Stores;

/// <summary>Writes the log messages of stores; their ids continue those of <c>Diagnostics.Log</c>.</summary>
internal static partial class RecordLog
{
    [LoggerMessage(31, LogLevel.Error,
        "Record of upload {UploadId} cannot be read by this version and was set aside; other records are not affected. "
        + "Upgrade the application, or repair the row")]
    public static partial void RecordUnreadable(this ILogger logger, Exception exception, string uploadId);
}
