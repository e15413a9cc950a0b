using DirectUpload.StoreConformance.Samples;

namespace DirectUpload.StoreConformance.Histories;

/// <summary>What the model keeps of a record; no state at all stands for no record.</summary>
/// <param name="Version">Counts from 1.</param>
/// <param name="Mark">A number that one write only has put there.</param>
/// <param name="Status">What is counted goes by it.</param>
/// <param name="DueAt">When it may be claimed.</param>
/// <param name="RetireAt">When it may vanish.</param>
internal readonly record struct State(long Version, int Mark, UploadStatus Status, DateTimeOffset? DueAt, DateTimeOffset? RetireAt)
{
    public static State? Of(UploadRecord? record) =>
        record is null ? null : new State(record.Version, record.Attempts, record.Status, record.DueAt, record.RetireAt);

    public override string ToString() =>
        $"v{Version} #{Mark} {Status}{(DueAt is { } due ? $" due {Hours(due)}" : "")}{(RetireAt is { } retire ? $" retiring {Hours(retire)}" : "")}";

    public static string Hours(DateTimeOffset time) => $"{(time - Sample.Start).TotalHours:0}h";
}
