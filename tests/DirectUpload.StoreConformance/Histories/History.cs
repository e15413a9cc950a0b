using System.Collections.Concurrent;
using DirectUpload.StoreConformance.Samples;

namespace DirectUpload.StoreConformance.Histories;

/// <summary>What several actors did to a few records, and what they were answered.</summary>
internal sealed class History
{
    private readonly ConcurrentQueue<(UploadId Id, Operation Operation)> _operations = new();
    private long _clock;
    private int _mark;

    public History(int records) =>
        Blank = [.. Sample.Many(records, at => Sample.Owned(at % 2 == 0 ? "ada" : null, at))];

    /// <summary>The records as they would be added, for their ids and what never changes.</summary>
    public IReadOnlyList<UploadRecord> Blank { get; }

    /// <summary>What anybody has seen last of each record: what the next one may try to change.</summary>
    public ConcurrentDictionary<UploadId, UploadRecord> Known { get; } = new();

    public int NextMark() => Interlocked.Increment(ref _mark);

    /// <summary>The time: every call takes one for its begin and one for its end.</summary>
    public long Now() => Interlocked.Increment(ref _clock);

    public void Add(UploadId id, Operation operation) => _operations.Enqueue((id, operation));

    /// <summary>Throws, with the record's operations, where no order explains them.</summary>
    public void MustBeExplained()
    {
        foreach (var record in _operations.GroupBy(one => one.Id, one => one.Operation))
            Check.That(Linearization.Exists(record), $"No order explains what record {record.Key} was seen to do:\n{Lines(record)}");
    }

    private static string Lines(IEnumerable<Operation> operations) => string.Join('\n', operations.OrderBy(operation => operation.Begin));
}
