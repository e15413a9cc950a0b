using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace DirectUpload.AspNetCore.Operations;

/// <summary>The position in a stream of many uploads: the time of the last transition that was sent of each.</summary>
/// <remarks>
/// One time for all uploads is not enough, because transitions of different processes arrive out of order. The client returns the position
/// as <c>Last-Event-ID</c>; a wrong position only repeats or omits events of uploads that the client may read.
/// </remarks>
internal sealed class EventCursor
{
    private const int EntrySize = sizeof(uint) + sizeof(long);

    // Uploads of one stream, and those that ended since its beginning.
    private const int MaxEntries = 2 * UploadEventFeed.MaxUploads;

    private readonly Dictionary<uint, long> _times = [];

    private EventCursor(DateTimeOffset startedAt) => StartedAt = startedAt;

    /// <summary>Gets the time at which the first stream began, in UTC.</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>Parses a position; one that is malformed counts as the beginning of a new stream.</summary>
    public static EventCursor Parse(string? text, DateTimeOffset now)
    {
        var bytes = new byte[sizeof(long) + (MaxEntries * EntrySize)];
        if (string.IsNullOrEmpty(text) || text.Length > Base64Url.GetEncodedLength(bytes.Length) || !Ascii.IsValid(text)
            || !Base64Url.IsValid(text) || !Base64Url.TryDecodeFromChars(text, bytes, out var length)
            || length < sizeof(long) || (length - sizeof(long)) % EntrySize != 0 || !IsTime(ReadTime(bytes)))
            return new EventCursor(now);
        var cursor = new EventCursor(new DateTimeOffset(ReadTime(bytes), TimeSpan.Zero));
        for (var at = sizeof(long); at < length; at += EntrySize)
        {
            if (ReadTime(bytes.AsSpan(at + sizeof(uint))) is var time && IsTime(time))
                cursor._times[BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at))] = time;
        }

        return cursor;
    }

    /// <summary>Gets the time of the last transition that was sent of an upload; null if none was sent.</summary>
    public DateTimeOffset? Find(UploadId id) =>
        _times.TryGetValue(Hash(id), out var ticks) ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>Advances the position to a transition of an upload.</summary>
    public void Set(UploadId id, DateTimeOffset at) => _times[Hash(id)] = at.UtcTicks;

    /// <summary>Removes the uploads that are not in a list, so that the position does not grow.</summary>
    public void Keep(IEnumerable<UploadId> ids)
    {
        var kept = ids.Select(Hash).ToHashSet();
        foreach (var gone in _times.Keys.Where(hash => !kept.Contains(hash)).ToList())
            _times.Remove(gone);
    }

    /// <summary>Writes the position as the id of an event.</summary>
    public string Format()
    {
        var bytes = new byte[sizeof(long) + (_times.Count * EntrySize)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, StartedAt.UtcTicks);
        var at = sizeof(long);
        foreach (var (hash, time) in _times)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(at), hash);
            BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(at + sizeof(uint)), time);
            at += EntrySize;
        }

        return Base64Url.EncodeToString(bytes);
    }

    private static long ReadTime(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadInt64BigEndian(bytes);

    private static bool IsTime(long ticks) => ticks >= 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks;

    // A collision makes the position of one upload unknown, and its current status is sent again.
    private static uint Hash(UploadId id) => BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(id.ToString())));
}
