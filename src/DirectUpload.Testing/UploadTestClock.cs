using DirectUpload.Testing.Hosting;

namespace DirectUpload.Testing;

/// <summary>Represents a clock that runs like the system's and can be advanced by a test.</summary>
/// <remarks>
/// It runs, so that code that waits for a moment does not wait forever. Timers and delays that become due by <see cref="Advance"/> fire at
/// once, a periodic timer one time. The application, the library and LocalS3 share the clock, so presigned URLs stay valid, or expire, as
/// the test says. Instances are safe for concurrent use.
/// </remarks>
/// <param name="start">The first time of the clock; null for the time of the system.</param>
public sealed class UploadTestClock(DateTimeOffset? start = null) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<TestTimer> _timers = [];
    private long _offset = start is { } first ? (first - System.GetUtcNow()).Ticks : 0;

    /// <summary>Gets the current time.</summary>
    /// <returns>The time, in UTC.</returns>
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Volatile.Read(ref _offset));

    /// <summary>Gets a timestamp for measuring durations, which include the time that the clock was advanced.</summary>
    /// <returns>The timestamp, in units of <see cref="TimeProvider.TimestampFrequency"/>.</returns>
    public override long GetTimestamp() =>
        System.GetTimestamp() + (long)(TimeSpan.FromTicks(Volatile.Read(ref _offset)).TotalSeconds * TimestampFrequency);

    /// <summary>Advances the clock.</summary>
    /// <remarks>It processes no uploads; call <see cref="TestUploads.ProcessDueAsync"/> afterwards.</remarks>
    /// <param name="time">The time by which the clock moves on, at least zero.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="time"/> is negative.</exception>
    public void Advance(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        Interlocked.Add(ref _offset, time.Ticks);
        TestTimer[] timers;
        lock (_lock)
            timers = [.. _timers];
        foreach (var timer in timers)
            timer.Reschedule();
    }

    /// <summary>Creates a timer that also fires when the clock is advanced beyond its due time.</summary>
    /// <param name="callback">The method that the timer calls.</param>
    /// <param name="state">The argument of the method.</param>
    /// <param name="dueTime">The time to the first call.</param>
    /// <param name="period">The time between calls.</param>
    /// <returns>The timer.</returns>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new TestTimer(this, callback, state, Remove);
        lock (_lock)
            _timers.Add(timer);
        timer.Change(dueTime, period);
        return timer;
    }

    private void Remove(TestTimer timer)
    {
        lock (_lock)
            _timers.Remove(timer);
    }
}
