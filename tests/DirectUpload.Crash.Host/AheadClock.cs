namespace DirectUpload.Crash.Host;

/// <summary>The system's clock, so far ahead.</summary>
internal sealed class AheadClock(TimeSpan ahead) : TimeProvider
{
    private long _ahead = ahead.Ticks;

    public TimeSpan Ahead
    {
        get => new(Interlocked.Read(ref _ahead));
        set => Interlocked.Exchange(ref _ahead, value.Ticks);
    }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Ahead;
}
