using Microsoft.Extensions.Logging;

namespace DirectUpload.Imaging.Processes;

/// <summary>Defines all log messages of the package; they contain ids and what a decoder reported, never content.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "Process that decodes images died; the image is decoded once more in another process")]
    public static partial void DecoderDied(this ILogger logger, Exception exception);

    [LoggerMessage(2, LogLevel.Warning, "Image of upload {UploadId} rejected: a process died on it twice")]
    public static partial void ImageTooComplex(this ILogger logger, Exception exception, UploadId uploadId);

    [LoggerMessage(3, LogLevel.Information, "Image of upload {UploadId} rejected as {Code}: {Reason}")]
    public static partial void ImageRejected(this ILogger logger, UploadId uploadId, string code, string reason);
}
