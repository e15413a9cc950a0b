using Microsoft.Extensions.Logging;

namespace DirectUpload.Diagnostics;

/// <summary>
/// Lists all log messages of the library. They contain ids, keys and sizes, never a URL or a token; ids of owners only at Debug.
/// </summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Upload {UploadId} requested under profile {Profile}: {Size} bytes")]
    public static partial void UploadRequested(this ILogger logger, UploadId uploadId, string profile, long size);

    [LoggerMessage(2, LogLevel.Debug, "Upload {UploadId} belongs to owner {Owner}")]
    public static partial void UploadOwnerAssigned(this ILogger logger, UploadId uploadId, string owner);

    [LoggerMessage(3, LogLevel.Warning, "Upload request refused: {Detail}")]
    public static partial void OwnerRejected(this ILogger logger, string detail);

    [LoggerMessage(4, LogLevel.Warning, "Upload {UploadId} was neither granted nor aborted; it expires when its grant ends")]
    public static partial void GrantWithdrawalFailed(this ILogger logger, Exception exception, UploadId uploadId);

    [LoggerMessage(5, LogLevel.Warning,
        "Credentials that sign requests could not be refreshed; the current ones are valid until {ExpiresAt}")]
    public static partial void CredentialRefreshFailed(this ILogger logger, Exception exception, DateTimeOffset expiresAt);

    [LoggerMessage(6, LogLevel.Warning,
        "Profile {Profile} grants {Lifetime}, but the credentials that sign expire sooner, so its presigned URLs are valid for less "
        + "(this one until {ExpiresAt}). "
        + "Use credentials with a longer lifetime, or shorten the profile's UploadUrlLifetime. Logged once")]
    public static partial void UploadUrlLifetimeReduced(this ILogger logger, string profile, TimeSpan lifetime, DateTimeOffset expiresAt);

    [LoggerMessage(7, LogLevel.Debug, "Upload {UploadId} changed from {PreviousStatus} to {Status}")]
    public static partial void StatusChanged(this ILogger logger, UploadId uploadId, UploadStatus previousStatus, UploadStatus status);

    [LoggerMessage(8, LogLevel.Information, "Upload {UploadId} rejected: {Detail}")]
    public static partial void UploadRejected(this ILogger logger, UploadId uploadId, string detail);

    [LoggerMessage(9, LogLevel.Information, "Upload {UploadId} ready at {Key}: {Size} bytes")]
    public static partial void UploadReady(this ILogger logger, UploadId uploadId, string key, long? size);

    [LoggerMessage(10, LogLevel.Error, "Upload {UploadId} failed: processing was given up after {Attempts} attempts")]
    public static partial void ProcessingGivenUp(this ILogger logger, UploadId uploadId, int attempts);

    [LoggerMessage(11, LogLevel.Warning, "Processor {Processor} failed for upload {UploadId}: failure {Failures} of {MaxAttempts}")]
    public static partial void ProcessorFailed(
        this ILogger logger, Exception exception, string processor, UploadId uploadId, int failures, int maxAttempts);

    [LoggerMessage(12, LogLevel.Warning, "Processor {Processor} did not finish upload {UploadId} within {Timeout} and was abandoned")]
    public static partial void ProcessorTimedOut(this ILogger logger, string processor, UploadId uploadId, TimeSpan timeout);

    [LoggerMessage(13, LogLevel.Warning, "Lease of upload {UploadId} was not renewed; retrying until it ends")]
    public static partial void LeaseRenewalFailed(this ILogger logger, Exception exception, UploadId uploadId);

    [LoggerMessage(14, LogLevel.Warning, "Lease of upload {UploadId} was not released; the worker retries when it ends")]
    public static partial void LeaseReleaseFailed(this ILogger logger, Exception exception, UploadId uploadId);

    [LoggerMessage(15, LogLevel.Warning, "Objects of upload {UploadId} ({Status}) were not deleted; the worker retries")]
    public static partial void ObjectCleanupFailed(this ILogger logger, Exception exception, UploadId uploadId, UploadStatus status);

    [LoggerMessage(16, LogLevel.Error, "Profile {Profile} of upload {UploadId} is not configured; the upload waits until it is")]
    public static partial void ProfileNotConfigured(this ILogger logger, UploadId uploadId, string profile);

    [LoggerMessage(17, LogLevel.Warning,
        "Processor {Processor}, which profile {Profile} requires, is not registered in this host; its uploads are left to a host "
        + "that has it. "
        + "Add it with AddProcessor, or run a worker in a host that has it. Logged once")]
    public static partial void ProcessorMissing(this ILogger logger, string profile, string processor);

    [LoggerMessage(18, LogLevel.Warning,
        "Worker not registered in this host, and profile {Profile} has processors ({Processors}): its uploads wait for a worker. "
        + "Call AddWorker() in this host, or in another host with these processors")]
    public static partial void ProcessorsWithoutWorker(this ILogger logger, string profile, string processors);

    [LoggerMessage(19, LogLevel.Warning, "Event handler {EventHandler} failed for upload {UploadId} ({Status}); it is called again later")]
    public static partial void EventHandlerFailed(
        this ILogger logger, Exception exception, string eventHandler, UploadId uploadId, UploadStatus status);

    [LoggerMessage(20, LogLevel.Warning,
        "Notification checkpoints of upload {UploadId} were not stored; its event handlers are notified again when the lease ends")]
    public static partial void CheckpointSaveFailed(this ILogger logger, Exception exception, UploadId uploadId);

    [LoggerMessage(21, LogLevel.Warning,
        "Worker not registered in this host, but event handlers are ({EventHandlers}): only a worker calls them. "
        + "Call AddWorker() in this host, or in another host with these event handlers")]
    public static partial void EventHandlersWithoutWorker(this ILogger logger, string eventHandlers);

    [LoggerMessage(22, LogLevel.Warning,
        "Storage, the record store or a dependency of a processor became unavailable; due uploads are retried until it recovers. "
        + "Logged once")]
    public static partial void DependencyUnavailable(this ILogger logger, Exception exception);

    [LoggerMessage(23, LogLevel.Debug, "Next step of upload {UploadId} ({Status}) failed")]
    public static partial void UploadStepFailed(this ILogger logger, Exception exception, UploadId uploadId, UploadStatus status);

    [LoggerMessage(24, LogLevel.Debug, "Storage, the record store or a dependency of a processor remained unavailable")]
    public static partial void DependencyStillUnavailable(this ILogger logger, Exception exception);

    [LoggerMessage(25, LogLevel.Information,
        "Storage, the record store and the dependencies of processors recovered after {Duration}; {FailedSteps} steps failed meanwhile")]
    public static partial void DependencyRecovered(this ILogger logger, TimeSpan duration, int failedSteps);

    [LoggerMessage(26, LogLevel.Error,
        "{Refusal} Uploads that need it are kept and retried every few minutes. Logged at most once a minute")]
    public static partial void StorageRefused(this ILogger logger, string refusal);

    [LoggerMessage(27, LogLevel.Debug, "Storage refused {Operation} on bucket {Bucket} again ({Code})")]
    public static partial void StorageRefusedAgain(this ILogger logger, Exception exception, string operation, string bucket, string code);

    [LoggerMessage(28, LogLevel.Debug, "Storage check at start succeeded for bucket {Bucket}")]
    public static partial void StartCheckSucceeded(this ILogger logger, string bucket);

    [LoggerMessage(29, LogLevel.Warning, "Storage check at start failed for bucket {Bucket}: {Detail}")]
    public static partial void StartCheckFailed(this ILogger logger, string bucket, string detail);

    [LoggerMessage(30, LogLevel.Warning,
        "Server of bucket {Bucket} accepted a part after its multipart upload was completed, so objects that are finalized in place "
        + "are not protected; multipart uploads are promoted instead. Set FinalizeInPlace of the profile to false")]
    public static partial void InPlacePartsNotProtected(this ILogger logger, string bucket);

    [LoggerMessage(32, LogLevel.Warning, "Discrepancy {Kind} found: {Bucket}/{Key}, {Size} bytes, since {Since}")]
    public static partial void DiscrepancyFound(
        this ILogger logger, DiscrepancyKind kind, string bucket, string key, long size, DateTimeOffset since);
}
