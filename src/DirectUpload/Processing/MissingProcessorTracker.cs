using System.Collections.Concurrent;
using DirectUpload.Diagnostics;
using DirectUpload.Profiles;
using DirectUpload.Stores;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Processing;

/// <summary>Finds uploads whose processors this host does not have, and leaves them to the hosts that have them.</summary>
internal sealed class MissingProcessorTracker(ProfileCatalog profiles, TimeProvider clock, ILogger<MissingProcessorTracker> logger)
{
    private static readonly TimeSpan MinRetryDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxRetryDelay = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan DefaultLeaseDelay = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan DetectionWindow = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<(string Profile, string Name), bool> _logged = new();
    private long _lastMissingAt;

    /// <summary>
    /// How long this host waits before it leases a due record: zero, unless it found an upload that it can't process in the last five
    /// minutes.
    /// </summary>
    /// <remarks>The delay lets a host that has the processors lease such uploads first, however often this host polls.</remarks>
    public TimeSpan LeaseDelay =>
        Volatile.Read(ref _lastMissingAt) is > 0 and var ticks && clock.GetUtcNow().UtcTicks - ticks < DetectionWindow.Ticks
            ? DefaultLeaseDelay
            : TimeSpan.Zero;

    /// <summary>Finds the profile of an upload that this host can process.</summary>
    /// <returns>
    /// The profile; null when it is not configured here, or the upload requires a processor that this host does not have.
    /// </returns>
    public UploadProfile? FindProfile(UploadRecord record)
    {
        if (!profiles.TryGet(record.Profile, out var profile))
        {
            logger.ProfileNotConfigured(record.Id, record.Profile);
            return null;
        }

        if (record.RequiredProcessors.FirstOrDefault(
            name => profile.GetProcessors().All(processor => processor.Name != name)) is not { } missing)
            return profile;
        Volatile.Write(ref _lastMissingAt, clock.GetUtcNow().UtcTicks);
        if (_logged.TryAdd((profile.Name, missing), true))
            logger.ProcessorMissing(profile.Name, missing);
        return null;
    }

    /// <summary>
    /// Gets the time at which an upload that this host can't process is checked again: after a quarter of its waiting time, up to a minute.
    /// </summary>
    public DateTimeOffset GetNextRetryAt(UploadRecord record)
    {
        var now = clock.GetUtcNow();
        var delay = Math.Clamp((now - record.UpdatedAt).TotalSeconds / 4, MinRetryDelay.TotalSeconds, MaxRetryDelay.TotalSeconds);
        return now + TimeSpan.FromSeconds(delay * (0.75 + (Random.Shared.NextDouble() / 2)));
    }
}
