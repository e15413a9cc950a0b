using DirectUpload.Uploads;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Diagnostics;

/// <summary>All that the library writes to the log. Ids, keys and sizes; never a URL, never a token.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Upload {Id} requested under profile {Profile}: {Size} bytes for {Owner}")]
    public static partial void Requested(this ILogger logger, UploadId id, string profile, long size, string? owner);

    [LoggerMessage(2, LogLevel.Debug, "Upload {Id} is now {Status}")]
    public static partial void Moved(this ILogger logger, UploadId id, UploadStatus status);

    [LoggerMessage(3, LogLevel.Information, "Upload {Id} rejected: {Detail}")]
    public static partial void Rejected(this ILogger logger, UploadId id, string detail);

    [LoggerMessage(4, LogLevel.Information, "Upload {Id} ready at {Key}: {Size} bytes")]
    public static partial void Ready(this ILogger logger, UploadId id, string key, long? size);

    [LoggerMessage(5, LogLevel.Warning, "Objects of upload {Id} ({Status}) could not be deleted now; the worker tries again")]
    public static partial void PurgeFailed(this ILogger logger, Exception exception, UploadId id, UploadStatus status);

    [LoggerMessage(6, LogLevel.Warning, "Processing upload {Id} was interrupted; it can be taken up again at once")]
    public static partial void Interrupted(this ILogger logger, Exception exception, UploadId id);

    [LoggerMessage(7, LogLevel.Error, "The next step of upload {Id} ({Status}) failed; it is tried again at the next round")]
    public static partial void StepFailed(this ILogger logger, Exception exception, UploadId id, UploadStatus status);

    [LoggerMessage(8, LogLevel.Error, "The worker could not list what is due; it tries again at the next round")]
    public static partial void RoundFailed(this ILogger logger, Exception exception);

    [LoggerMessage(9, LogLevel.Error, "Upload {Id} names the profile {Profile}, which is no longer configured; it waits until the profile is back")]
    public static partial void ProfileGone(this ILogger logger, UploadId id, string profile);

    [LoggerMessage(10, LogLevel.Warning, "The credentials that sign could not be renewed; those at hand work until {ExpiresAt}")]
    public static partial void CredentialsNotRefreshed(this ILogger logger, Exception exception, DateTimeOffset expiresAt);

    [LoggerMessage(11, LogLevel.Warning,
        "Profile {Profile} grants {Lifetime}, but the credentials that sign end sooner, so its grants are cut short (this one to {ExpiresAt}). "
        + "Use credentials that live longer, or shorten the profile's Lifetime. This is said once")]
    public static partial void LifetimeCutShort(this ILogger logger, string profile, TimeSpan lifetime, DateTimeOffset expiresAt);
}
