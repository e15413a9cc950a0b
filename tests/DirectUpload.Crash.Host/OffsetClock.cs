namespace DirectUpload.Crash.Host;

/// <summary>The system's clock, so far ahead.</summary>
internal sealed class OffsetClock(TimeSpan ahead) : TimeProvider
{
    private long _offset = ahead.Ticks;

    public TimeSpan Offset
    {
        get => new(Interlocked.Read(ref _offset));
        set => Interlocked.Exchange(ref _offset, value.Ticks);
    }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Offset;
}
