using DirectUpload.StoreConformance.Samples;

namespace DirectUpload.StoreConformance.Histories;

/// <summary>Represents the part of a record that the model tracks; null represents a missing record.</summary>
/// <param name="Version">The version, from 1.</param>
/// <param name="Marker">A number that only one write uses.</param>
/// <param name="Status">The status, which decides what counts include.</param>
/// <param name="NextActionAt">The time from which the record may be leased.</param>
/// <param name="PurgeAt">The time from which the record may be purged.</param>
internal readonly record struct RecordState(
    long Version, int Marker, UploadStatus Status, DateTimeOffset? NextActionAt, DateTimeOffset? PurgeAt)
{
    public static RecordState? From(UploadRecord? record) =>
        record is null ? null : new RecordState(record.Version, record.Attempts, record.Status, record.NextActionAt, record.PurgeAt);

    public override string ToString() =>
        $"v{Version} #{Marker} " +
        $"{Status}{(NextActionAt is { } due ? $" due {FormatHours(due)}" : "")}" +
        $"{(PurgeAt is { } purge ? $" purge {FormatHours(purge)}" : "")}";

    public static string FormatHours(DateTimeOffset time) => $"{(time - SampleRecords.Start).TotalHours:0}h";
}
