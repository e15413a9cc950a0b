using DirectUpload.Events;
using DirectUpload.Lifecycle;
using DirectUpload.Profiles;
using DirectUpload.Stores;

namespace DirectUpload.Operations;

/// <summary>Stores the results of malware scans as the decisions of the uploads that wait for them.</summary>
internal sealed class ScanResultRecorder(DecisionRecorder decisions)
{
    /// <summary>Stores the result of a scan, if the upload waits for one of this very object.</summary>
    /// <returns>Whether the result counts.</returns>
    public async Task<bool> TryRecordAsync(StorageEvent scanned, ObjectScan scan, CancellationToken cancellationToken)
    {
        if (!UploadId.TryFindIn(scanned.Key, out var id))
            return false;
        UploadEvent.Decision given = scan.Result == ScanResult.None
            ? new UploadEvent.DecisionMissed(ProcessorNames.GuardDuty)
            : new UploadEvent.DecisionGiven(ProcessorNames.GuardDuty, CreateRejection(scan));
        return (await decisions.GiveAboutAsync(
            id, given, record => IsAbout(record, scanned), cancellationToken).ConfigureAwait(false)).Succeeded;
    }

    // Each attempt has a final key of its own, and no client can write it.
    private static bool IsAbout(UploadRecord record, StorageEvent scanned) =>
        record.Bucket == scanned.Bucket && record.FinalKey == scanned.Key && record.FinalKey != record.StagingKey
        && (scanned.VersionId is null || !record.KeepsFinalObject || scanned.VersionId == record.VersionId);

    private static UploadError? CreateRejection(ObjectScan scan) => scan.Result == ScanResult.NoThreats
        ? null
        : new UploadError(
            "infected", scan.Reason is null ? "The file contains malware." : $"The file contains malware: {scan.Reason}.");
}
