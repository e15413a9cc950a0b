using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Stores;

/// <summary>Collects the ids of records that the stores of this process could not read.</summary>
/// <remarks>
/// Stores report an unreadable record here and continue with the other records. Each record is logged once, and the health check reports
/// their number. The class is safe for concurrent use.
/// </remarks>
public sealed class UnreadableRecords
{
    // A table in which every row is unreadable must not exhaust the memory or flood the log.
    private const int MaxTrackedIds = 10_000;

    private readonly ConcurrentDictionary<string, byte> _ids = new(StringComparer.Ordinal);
    private readonly ILogger<UnreadableRecords> _logger;

    /// <summary>Creates an empty collection.</summary>
    /// <param name="logger">The logger, which receives one error for each record.</param>
    /// <exception cref="ArgumentNullException"><paramref name="logger"/> is null.</exception>
    public UnreadableRecords(ILogger<UnreadableRecords> logger)
    {
        ArgumentNullException.ThrowIfNull(logger);
        _logger = logger;
    }

    /// <summary>Gets the time for which a store sets an unreadable record aside before it tries to read it again.</summary>
    /// <value>1 hour.</value>
    public static TimeSpan QuarantineDuration { get; } = TimeSpan.FromHours(1);

    /// <summary>Gets the number of records that could not be read and have been neither read nor deleted since.</summary>
    /// <value>0 to 10,000.</value>
    public int Count => _ids.Count;

    /// <summary>Gets the ids of the unreadable records.</summary>
    /// <value>A copy of at most 10,000 ids, in no particular order.</value>
    public IReadOnlyCollection<string> Ids => [.. _ids.Keys];

    /// <summary>Reports a record that could not be read.</summary>
    /// <param name="id">The id of the record, as it is stored.</param>
    /// <param name="fault">The exception that reading the record threw.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public void Report(string id, Exception fault)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(fault);
        if (_ids.Count < MaxTrackedIds && _ids.TryAdd(id, 0))
            _logger.RecordUnreadable(fault, id);
    }

    /// <summary>Removes a record from the collection after it was read or deleted.</summary>
    /// <param name="id">The id of the record.</param>
    public void Forget(string id)
    {
        if (!_ids.IsEmpty)
            _ids.TryRemove(id, out _);
    }
}
