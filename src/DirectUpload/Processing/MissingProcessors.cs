using System.Collections.Concurrent;
using DirectUpload.Diagnostics;
using DirectUpload.Profiles;
using DirectUpload.Uploads;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Processing;

/// <summary>Leaves uploads whose processors this host does not have to hosts that have them, without contending with those.</summary>
internal sealed class MissingProcessors(TimeProvider clock, ILogger<MissingProcessors> logger)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan HeadStart = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<(string Profile, string Name), bool> _logged = new();
    private long _metAt;

    /// <summary>
    /// For so long this host leaves what is due to others: zero, unless it has lately met an upload that it can't process. A host that has the processors takes such uploads first, however often this one looks.
    /// </summary>
    public TimeSpan Grace => Volatile.Read(ref _metAt) is > 0 and var ticks && clock.GetUtcNow().UtcTicks - ticks < Remembered.Ticks ? HeadStart : TimeSpan.Zero;

    /// <summary>The first processor that the upload requires and this host does not have; null when it has them all.</summary>
    public string? FindMissing(UploadRecord record, UploadProfile profile)
    {
        if (record.RequiredProcessors.FirstOrDefault(name => profile.Processors().All(step => step.Name != name)) is not { } missing)
            return null;
        Volatile.Write(ref _metAt, clock.GetUtcNow().UtcTicks);
        if (_logged.TryAdd((profile.Name, missing), true))
            logger.ProcessorMissing(profile.Name, missing);
        return missing;
    }

    /// <summary>When such an upload is looked at again: the longer it waits, the later, up to a minute.</summary>
    public DateTimeOffset AgainAt(UploadRecord record)
    {
        var now = clock.GetUtcNow();
        var pause = Math.Clamp((now - record.UpdatedAt).TotalSeconds / 4, Shortest.TotalSeconds, Longest.TotalSeconds);
        return now + TimeSpan.FromSeconds(pause * (0.75 + (Random.Shared.NextDouble() / 2)));
    }
}
