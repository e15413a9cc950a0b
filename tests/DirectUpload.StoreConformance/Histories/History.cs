using System.Collections.Concurrent;
using DirectUpload.StoreConformance.Samples;

namespace DirectUpload.StoreConformance.Histories;

/// <summary>Collects the calls of several actors on a few records, with their results.</summary>
internal sealed class History
{
    private readonly ConcurrentQueue<(UploadId Id, Operation Operation)> _operations = new();
    private long _clock;
    private int _marker;

    public History(int records) =>
        InitialRecords = [.. SampleRecords.CreateMany(records, at => SampleRecords.CreateOwned(at % 2 == 0 ? "ada" : null, at))];

    /// <summary>The records in their first form, for their ids and immutable properties.</summary>
    public IReadOnlyList<UploadRecord> InitialRecords { get; }

    /// <summary>The latest version of each record that any actor has seen, which the next update uses.</summary>
    public ConcurrentDictionary<UploadId, UploadRecord> LastSeen { get; } = new();

    public int NextMarker() => Interlocked.Increment(ref _marker);

    /// <summary>Advances the logical clock; each call takes one tick for its begin and one for its end.</summary>
    public long Tick() => Interlocked.Increment(ref _clock);

    public void Add(UploadId id, Operation operation) => _operations.Enqueue((id, operation));

    /// <summary>Throws an exception with a record's operations if no order explains their results.</summary>
    public void AssertLinearizable()
    {
        foreach (var record in _operations.GroupBy(one => one.Id, one => one.Operation))
            ContractAssert.That(
                Linearization.Exists(record),
                $"No order of these operations on record {record.Key} explains their results:\n{Format(record)}");
    }

    private static string Format(IEnumerable<Operation> operations) => string.Join('\n', operations.OrderBy(operation => operation.Begin));
}
