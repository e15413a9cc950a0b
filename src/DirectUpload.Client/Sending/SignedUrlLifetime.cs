namespace DirectUpload.Client.Sending;

/// <summary>Measures the lifetime of a presigned URL from its arrival.</summary>
/// <remarks>
/// The device's clock, which may be wrong by years, is used only if the response has no date. Storage's response takes precedence.
/// </remarks>
internal sealed class SignedUrlLifetime(DateTimeOffset expiresAt, DateTimeOffset? madeAt, TimeProvider clock)
{
    private static readonly TimeSpan MaxMargin = TimeSpan.FromSeconds(30);

    private readonly long _receivedAt = clock.GetTimestamp();
    private readonly TimeSpan _lifetime = expiresAt - (madeAt ?? clock.GetUtcNow());

    /// <summary>Gets whether the URL should be renewed before it is used.</summary>
    public bool IsExpiring
    {
        get
        {
            // The URL has expired on arrival: one of the clocks is wrong, and storage decides.
            if (_lifetime <= TimeSpan.Zero)
                return false;
            var margin = _lifetime / 10;
            return clock.GetElapsedTime(_receivedAt) > _lifetime - (margin < MaxMargin ? margin : MaxMargin);
        }
    }
}
