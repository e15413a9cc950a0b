using Microsoft.Extensions.Logging;

namespace DirectUpload.LocalS3.Diagnostics;

/// <summary>Defines all log messages; they may contain keys, but never URLs or signatures, which grant access.</summary>
internal static partial class LocalS3Log
{
    [LoggerMessage(1, LogLevel.Information, "LocalS3 started on {Endpoint} with the data folder {DataDirectory}")]
    public static partial void Started(this ILogger logger, Uri endpoint, string dataDirectory);

    [LoggerMessage(2, LogLevel.Information, "Request {Method} {Bucket}/{Key} was refused: {Status} {Code}")]
    public static partial void Refused(this ILogger logger, string method, string bucket, string key, int status, string code);

    [LoggerMessage(3, LogLevel.Debug, "Request {Method} {Bucket}/{Key} was aborted by the client")]
    public static partial void Aborted(this ILogger logger, string method, string bucket, string key);

    [LoggerMessage(5, LogLevel.Warning, "An event was dropped: {Capacity} events already wait for LocalS3Options.EventEndpoint")]
    public static partial void EventDropped(this ILogger logger, int capacity);

    [LoggerMessage(6, LogLevel.Warning, "An event was lost: LocalS3Options.EventEndpoint did not accept it in {Attempts} attempts")]
    public static partial void EventLost(this ILogger logger, int attempts);

    [LoggerMessage(7, LogLevel.Information, "Object {Bucket}/{Key} expired by lifecycle rule {Rule}")]
    public static partial void Expired(this ILogger logger, string bucket, string key, string rule);

    [LoggerMessage(8, LogLevel.Error, "Lifecycle rules failed; LocalS3 retries at the next midnight, UTC")]
    public static partial void LifecycleFailed(this ILogger logger, Exception exception);

    [LoggerMessage(9, LogLevel.Warning, "Bucket {Bucket} allows every origin (CORS *): any page that is open "
        + "in a browser on this machine can read, write and delete its objects. "
        + "Restrict the bucket's CORS configuration (PutBucketCors) or delete the data folder")]
    public static partial void AllOriginsAllowed(this ILogger logger, string bucket);

    [LoggerMessage(4, LogLevel.Error, "Request {Method} {Bucket}/{Key} failed")]
    public static partial void Failed(this ILogger logger, Exception exception, string method, string bucket, string key);
}
