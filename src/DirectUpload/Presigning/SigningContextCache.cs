namespace DirectUpload.Presigning;

/// <summary>Caches the signing context of a bucket; signatures with the same lifetime share it for a second.</summary>
internal sealed class SigningContextCache(Func<SigningTarget> target, CredentialSource credentials)
{
    private CachedContext? _cached;

    /// <summary>Returns the signing context; null when the credentials must be fetched first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The lifetime is not 1 second to 7 days.</exception>
    public SigningContext? TryGetCached(TimeSpan? lifetime, DateTimeOffset now)
    {
        // Credentials are checked once per second: within it they stay usable unless other credentials were fetched.
        if (_cached is { } latest && latest.Second == now.ToUnixTimeSeconds() && latest.RequestedLifetime == lifetime
            && ReferenceEquals(latest.Credentials, credentials.Latest))
            return latest.Context;
        var time = SigningTime.Get(now);
        return credentials.TryGetCached(PresignLifetime.Validate(lifetime), time.Instant) is { } usable
            ? Cache(lifetime, time, usable)
            : null;
    }

    /// <summary>Creates the signing context with newly requested credentials.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The lifetime is not 1 second to 7 days.</exception>
    public async ValueTask<SigningContext> CreateAsync(TimeSpan? lifetime, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var time = SigningTime.Get(now);
        var current = await credentials.GetAsync(PresignLifetime.Validate(lifetime), time.Instant, cancellationToken).ConfigureAwait(false);
        return Cache(lifetime, time, current);
    }

    private SigningContext Cache(TimeSpan? lifetime, SigningTime time, SigningCredentials current)
    {
        var context = new SigningContext(target(), current, time, PresignLifetime.Limit(lifetime, current, time.Instant));
        _cached = new CachedContext(time.Instant.ToUnixTimeSeconds(), lifetime, current, context);
        return context;
    }

    private sealed record CachedContext(long Second, TimeSpan? RequestedLifetime, SigningCredentials Credentials, SigningContext Context);
}
