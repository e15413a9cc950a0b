using DirectUpload.Events;
using DirectUpload.Lifecycle;
using DirectUpload.Operations;
using DirectUpload.Stores;

namespace DirectUpload.Processing;

/// <summary>Waits for the malware scan that GuardDuty runs of each final object.</summary>
internal sealed class GuardDutyScan(TimeSpan timeout, TimeProvider clock) : IUploadProcessor
{
    public const string Name = "guardduty";

    public Task<ProcessingResult> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken) =>
        Task.FromResult(ProcessingResult.Pending(clock.GetUtcNow() + timeout));

    /// <summary>Stores the verdict of a scan, if the upload waits for one of this very object.</summary>
    /// <returns>Whether the verdict counts.</returns>
    public static async Task<bool> TryReportAsync(
        VerdictRecorder verdicts, UploadId id, StorageEvent scanned, ObjectScan scan, CancellationToken cancellationToken)
    {
        UploadEvent.Verdict given = scan.Result == ScanResult.None
            ? new UploadEvent.VerdictMissed(Name)
            : new UploadEvent.VerdictGiven(Name, CreateRejection(scan));
        return (await verdicts.GiveAboutAsync(id, given, IsAbout, cancellationToken).ConfigureAwait(false)).Succeeded;

        // Each attempt has a final key of its own, and no client can write it.
        bool IsAbout(UploadRecord record) =>
            record.Bucket == scanned.Bucket && record.FinalKey == scanned.Key && record.FinalKey != record.StagingKey
            && (scanned.VersionId is null || !record.KeepsFinalObject || scanned.VersionId == record.VersionId);
    }

    private static UploadError? CreateRejection(ObjectScan scan) => scan.Result == ScanResult.NoThreats
        ? null
        : new UploadError(
            "infected", scan.Reason is null ? "The file contains malware." : $"The file contains malware: {scan.Reason}.");
}
