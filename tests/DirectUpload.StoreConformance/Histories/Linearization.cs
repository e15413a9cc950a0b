namespace DirectUpload.StoreConformance.Histories;

/// <summary>
/// Looks for one order of a record's operations that explains every answer, and in which each takes effect between its begin and its end: then the
/// store can't be told from one that does one thing after the other. The search is Wing and Gong's, with Lowe's memory of what was tried.
/// </summary>
/// <remarks>
/// Sources: J. M. Wing and C. Gong, Testing and verifying concurrent objects, 1993; G. Lowe, Testing for linearizability, 2017.
/// </remarks>
internal sealed class Linearization
{
    private const int Most = 64;

    private readonly Operation[] _operations;
    private readonly HashSet<(ulong Done, State? State)> _tried = [];

    private Linearization(IEnumerable<Operation> operations)
    {
        _operations = [.. operations.OrderBy(operation => operation.Begin)];
        if (_operations.Length > Most)
            throw new ArgumentException($"{_operations.Length} operations on one record; {Most} can be told apart.", nameof(operations));
    }

    /// <summary>Whether there is such an order, of operations on a record that was not there at first.</summary>
    public static bool Exists(IEnumerable<Operation> operations) => new Linearization(operations).ExistsFrom(0, null);

    private bool ExistsFrom(ulong done, State? state)
    {
        if (!_tried.Add((done, state)))
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

        // What began after another had ended can't come before it.
        for (var at = 0; at < _operations.Length && _operations[at].Begin < firstEnd; at++)
        {
            if (!IsDone(done, at) && _operations[at].Observation.After(state).Any(after => ExistsFrom(done | (1UL << at), after)))
                return true;
        }

        return false;
    }

    private static bool IsDone(ulong done, int at) => (done & (1UL << at)) != 0;
}
