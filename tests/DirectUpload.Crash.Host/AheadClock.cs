namespace DirectUpload.Crash.Host;

/// <summary>The system's clock, so far ahead.</summary>
internal sealed class AheadClock(TimeSpan ahead) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + ahead;
}
