namespace DirectUpload.Requests;

/// <summary>Remembers the owners that were near one of their quotas at their last request to this process.</summary>
/// <remarks>
/// Owners share a fixed number of entries by their hashes, so the memory is bounded. A wrong entry is harmless: it costs one query more, or
/// a record that is added and deleted again.
/// </remarks>
internal sealed class OwnersNearLimits
{
    private const int EntryCount = 1 << 14;

    private readonly bool[] _entries = new bool[EntryCount];

    /// <param name="entry">The entry of an owner, see <see cref="GetEntry"/>.</param>
    public bool this[uint entry]
    {
        get => Volatile.Read(ref _entries[entry]);
        set => Volatile.Write(ref _entries[entry], value);
    }

    public static uint GetEntry(string profile, string? owner) => (uint)HashCode.Combine(profile, owner) % EntryCount;
}
