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

    public bool this[string profile, string? owner]
    {
        get => Volatile.Read(ref GetEntry(profile, owner));
        set => Volatile.Write(ref GetEntry(profile, owner), value);
    }

    private ref bool GetEntry(string profile, string? owner) =>
        ref _entries[(uint)HashCode.Combine(profile, owner) % EntryCount];
}
