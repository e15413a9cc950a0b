namespace DirectUpload.Client.Sending;

/// <summary>
/// How long a URL is good, measured from its arrival. The device's own clock, which may be wrong by years, is asked only where the answer does not say when it was made; and either way what storage says counts more.
/// </summary>
internal sealed class Freshness(DateTimeOffset expiresAt, DateTimeOffset? madeAt, TimeProvider clock)
{
    private static readonly TimeSpan LongestMargin = TimeSpan.FromSeconds(30);

    private readonly long _arrivedAt = clock.GetTimestamp();
    private readonly TimeSpan _lifetime = expiresAt - (madeAt ?? clock.GetUtcNow());

    /// <summary>Whether it is better to ask for another before sending.</summary>
    public bool IsOver
    {
        get
        {
            // One that has expired on arrival: somebody's clock is wrong, and storage shall decide.
            if (_lifetime <= TimeSpan.Zero)
                return false;
            var margin = _lifetime / 10;
            return clock.GetElapsedTime(_arrivedAt) > _lifetime - (margin < LongestMargin ? margin : LongestMargin);
        }
    }
}
