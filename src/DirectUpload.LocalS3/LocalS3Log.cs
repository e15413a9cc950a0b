using Microsoft.Extensions.Logging;

namespace DirectUpload.LocalS3;

/// <summary>Everything that is logged. Keys yes; URLs and signatures never, they are capabilities.</summary>
internal static partial class LocalS3Log
{
    [LoggerMessage(1, LogLevel.Information, "LocalS3 listens on {Endpoint}, keeps its objects in {DataDirectory}")]
    public static partial void Started(this ILogger logger, Uri endpoint, string dataDirectory);

    [LoggerMessage(2, LogLevel.Information, "{Method} {Bucket}/{Key} refused: {Status} {Code}")]
    public static partial void Refused(this ILogger logger, string method, string bucket, string key, int status, string code);

    [LoggerMessage(3, LogLevel.Debug, "{Method} {Bucket}/{Key}: the client has gone")]
    public static partial void Aborted(this ILogger logger, string method, string bucket, string key);

    [LoggerMessage(5, LogLevel.Warning, "An event was dropped: {Capacity} are waiting for LocalS3Options.EventEndpoint already")]
    public static partial void EventDropped(this ILogger logger, int capacity);

    [LoggerMessage(6, LogLevel.Warning, "An event was lost: LocalS3Options.EventEndpoint did not take it in {Attempts} attempts")]
    public static partial void EventLost(this ILogger logger, int attempts);

    [LoggerMessage(7, LogLevel.Information, "{Bucket}/{Key} expired by rule {Rule}")]
    public static partial void Expired(this ILogger logger, string bucket, string key, string rule);

    [LoggerMessage(8, LogLevel.Error, "The lifecycle rules could not be applied; the next midnight tries again")]
    public static partial void LifecycleFailed(this ILogger logger, Exception exception);

    [LoggerMessage(9, LogLevel.Warning, "Bucket {Bucket} allows every origin (CORS *): any page that is open in a browser on this machine can read, write and delete its objects. "
        + "Restrict the bucket's CORS configuration (PutBucketCors) or delete the data folder")]
    public static partial void EveryOrigin(this ILogger logger, string bucket);

    [LoggerMessage(4, LogLevel.Error, "{Method} {Bucket}/{Key} failed")]
    public static partial void Failed(this ILogger logger, Exception exception, string method, string bucket, string key);
}
