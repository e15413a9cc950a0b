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

    [LoggerMessage(6, LogLevel.Warning, "Upload {Id} could not be released; it is taken up again when its lease has run out")]
    public static partial void NotReleased(this ILogger logger, Exception exception, UploadId id);

    [LoggerMessage(7, LogLevel.Warning, "Storage, the record store or what a processor needs fails since upload {Id} ({Status}); what is due is tried again until it works. This is said once")]
    public static partial void OutageBegan(this ILogger logger, Exception exception, UploadId? id, UploadStatus? status);

    [LoggerMessage(8, LogLevel.Information, "What had failed works again, after {Duration} in which {Steps} steps failed")]
    public static partial void OutageIsOver(this ILogger logger, TimeSpan duration, int steps);

    [LoggerMessage(12, LogLevel.Debug, "Upload {Id} ({Status}) met the outage as well")]
    public static partial void OutageGoesOn(this ILogger logger, Exception exception, UploadId? id, UploadStatus? status);

    [LoggerMessage(13, LogLevel.Warning, "The step {Step} threw while it processed upload {Id}: failure {Failures} of {MaxAttempts}")]
    public static partial void StepThrew(this ILogger logger, Exception exception, UploadId id, string step, int failures, int maxAttempts);

    [LoggerMessage(14, LogLevel.Error, "Processing upload {Id} was given up: none of {Attempts} attempts came to an end")]
    public static partial void GivenUp(this ILogger logger, UploadId id, int attempts);

    [LoggerMessage(17, LogLevel.Warning, "The observer {Observer} threw when it was told that upload {Id} is {Status}; it is told again later")]
    public static partial void ObserverThrew(this ILogger logger, Exception exception, string observer, UploadId id, UploadStatus status);

    [LoggerMessage(15, LogLevel.Warning, "Storage and records disagree, {Kind}: {Bucket}/{Key}, {Size} bytes, since {Since}")]
    public static partial void Discrepancy(this ILogger logger, DiscrepancyKind kind, string bucket, string key, long size, DateTimeOffset since);

    [LoggerMessage(9, LogLevel.Error, "Upload {Id} names the profile {Profile}, which is no longer configured; it waits until the profile is back")]
    public static partial void ProfileGone(this ILogger logger, UploadId id, string profile);

    [LoggerMessage(10, LogLevel.Warning, "The credentials that sign could not be renewed; those at hand work until {ExpiresAt}")]
    public static partial void CredentialsNotRefreshed(this ILogger logger, Exception exception, DateTimeOffset expiresAt);

    [LoggerMessage(11, LogLevel.Warning,
        "Profile {Profile} grants {Lifetime}, but the credentials that sign end sooner, so its grants are cut short (this one to {ExpiresAt}). "
        + "Use credentials that live longer, or shorten the profile's Lifetime. This is said once")]
    public static partial void LifetimeCutShort(this ILogger logger, string profile, TimeSpan lifetime, DateTimeOffset expiresAt);

    [LoggerMessage(30, LogLevel.Error, "{Refusal} Uploads that need it are kept and retried every few minutes. Logged at most once a minute")]
    public static partial void StorageRefused(this ILogger logger, string refusal);

    [LoggerMessage(31, LogLevel.Debug, "Storage refused {Operation} on bucket {Bucket} again ({Code})")]
    public static partial void StorageRefusedAgain(this ILogger logger, Exception exception, string operation, string bucket, string code);

    [LoggerMessage(32, LogLevel.Warning,
        "The server of bucket {Bucket} does not protect objects that are finished in place from later parts of their multipart upload; multipart uploads are promoted instead. "
        + "Set the profile's Finalisation to Promote")]
    public static partial void PartsNotSafeInPlace(this ILogger logger, string bucket);

    [LoggerMessage(33, LogLevel.Warning, "Storage check at start failed for bucket {Bucket}: {Detail}")]
    public static partial void StartCheckFailed(this ILogger logger, string bucket, string detail);

    [LoggerMessage(34, LogLevel.Debug, "Storage check at start succeeded for bucket {Bucket}")]
    public static partial void StartCheckSucceeded(this ILogger logger, string bucket);

    [LoggerMessage(35, LogLevel.Warning, "Step {Step} did not finish upload {UploadId} within {Timeout} and was abandoned")]
    public static partial void StepTimedOut(this ILogger logger, string step, UploadId uploadId, TimeSpan timeout);

    [LoggerMessage(16, LogLevel.Warning, "Upload {Id} could not be granted, nor withdrawn; it expires when its time is over")]
    public static partial void NotWithdrawn(this ILogger logger, Exception exception, UploadId id);

    [LoggerMessage(20, LogLevel.Error, "Record of upload {UploadId} cannot be read by this version and was set aside; other records are not affected. Upgrade the application, or repair the row")]
    public static partial void RecordUnreadable(this ILogger logger, Exception exception, string uploadId);

    [LoggerMessage(21, LogLevel.Warning, "Progress of the event handlers of upload {UploadId} was not stored; they are notified again when the lease ends")]
    public static partial void NotificationNotSaved(this ILogger logger, Exception exception, UploadId uploadId);

    [LoggerMessage(40, LogLevel.Warning, "Upload request refused: {Detail}")]
    public static partial void OwnerRefused(this ILogger logger, string detail);

    [LoggerMessage(41, LogLevel.Warning,
        "Profile {Profile} requires the processor {Processor}, which this host does not have; its uploads are left to a host that has it. Add it by ProcessWith, or make sure that such a host runs a worker. Logged once")]
    public static partial void ProcessorMissing(this ILogger logger, string profile, string processor);

    [LoggerMessage(42, LogLevel.Warning,
        "Profile {Profile} has processors ({Processors}), and this host runs no worker: its uploads wait until another host with these processors runs one. Call AddWorker() here, or there")]
    public static partial void ProcessorsWithoutWorker(this ILogger logger, string profile, string processors);

    [LoggerMessage(43, LogLevel.Warning, "Observers are registered ({Observers}), and this host runs no worker: they are called where one runs. Call AddWorker() here, or in another host with these observers")]
    public static partial void ObserversWithoutWorker(this ILogger logger, string observers);
}
