using System.Collections.Concurrent;
using DirectUpload.Diagnostics;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Records;

/// <summary>
/// The records that stores of this process could not read. Stores report each of them here and go on with the others; each is logged once, and the health check counts them. Safe for
/// concurrent use.
/// </summary>
public sealed class UnreadableRecords
{
    // A table of nothing but unreadable rows must not fill the memory or the log.
    private const int MostRemembered = 10_000;

    private readonly ConcurrentDictionary<string, byte> _ids = new(StringComparer.Ordinal);
    private readonly ILogger<UnreadableRecords> _logger;

    /// <summary>Creates the list.</summary>
    /// <param name="logger">Receives one error for each record.</param>
    public UnreadableRecords(ILogger<UnreadableRecords> logger)
    {
        ArgumentNullException.ThrowIfNull(logger);
        _logger = logger;
    }

    /// <summary>Gets how long a store sets an unreadable record aside before it tries to read it again.</summary>
    /// <value>1 hour.</value>
    public static TimeSpan SetAsideFor { get; } = TimeSpan.FromHours(1);

    /// <summary>Gets how many records were found unreadable and have not been read since.</summary>
    /// <value>0 to 10,000.</value>
    public int Count => _ids.Count;

    /// <summary>Gets the ids of these records.</summary>
    public IReadOnlyCollection<string> Ids => [.. _ids.Keys];

    /// <summary>Reports a record that could not be read.</summary>
    /// <param name="id">The record's id, as it is stored.</param>
    /// <param name="fault">What reading it threw.</param>
    public void Report(string id, Exception fault)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(fault);
        if (_ids.Count < MostRemembered && _ids.TryAdd(id, 0))
            _logger.RecordUnreadable(fault, id);
    }

    /// <summary>Removes a record from the list, once it was read or deleted.</summary>
    /// <param name="id">The record's id.</param>
    public void Forget(string id)
    {
        if (!_ids.IsEmpty)
            _ids.TryRemove(id, out _);
    }
}
