namespace DirectUpload.StoreConformance.Histories;

/// <summary>Searches for an order of a record's operations that explains every result.</summary>
/// <remarks>
/// Each operation must take effect between its begin and its end. If such an order exists, the store cannot be distinguished from one that
/// executes one operation after the other. The search is the one of Wing and Gong, with Lowe's cache of visited states. Sources: J. M. Wing
/// and C. Gong, Testing and verifying concurrent objects, 1993; G. Lowe, Testing for linearizability, 2017.
/// </remarks>
internal sealed class Linearization
{
    private const int MaxOperations = 64;

    private readonly Operation[] _operations;
    private readonly HashSet<(ulong Done, RecordState? State)> _visited = [];

    private Linearization(IEnumerable<Operation> operations)
    {
        _operations = [.. operations.OrderBy(operation => operation.Begin)];
        if (_operations.Length > MaxOperations)
            throw new ArgumentException(
                $"The history has {_operations.Length} operations on one record; the maximum is {MaxOperations}.", nameof(operations));
    }

    /// <summary>Determines whether such an order exists, starting without the record.</summary>
    public static bool Exists(IEnumerable<Operation> operations) => new Linearization(operations).ExistsFrom(0, null);

    private bool ExistsFrom(ulong done, RecordState? state)
    {
        if (!_visited.Add((done, state)))
            return false;
        var (all, firstEnd) = (true, long.MaxValue);
        for (var at = 0; at < _operations.Length; at++)
        {
            if (IsDone(done, at))
                continue;
            all = false;
            firstEnd = Math.Min(firstEnd, _operations[at].End);
        }

        if (all)
            return true;

        // An operation that began after another had ended cannot precede it.
        for (var at = 0; at < _operations.Length && _operations[at].Begin < firstEnd; at++)
        {
            if (!IsDone(done, at) && _operations[at].Observation.Apply(state).Any(after => ExistsFrom(done | (1UL << at), after)))
                return true;
        }

        return false;
    }

    private static bool IsDone(ulong done, int at) => (done & (1UL << at)) != 0;
}
