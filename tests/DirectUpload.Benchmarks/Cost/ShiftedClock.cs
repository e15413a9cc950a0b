namespace DirectUpload.Benchmarks.Cost;

/// <summary>The system's clock, set forward: storage checks the times of signatures, and hours pass at once.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    private TimeSpan _shift;

    public void Advance(TimeSpan time) => _shift += time;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _shift;
}
