using Amazon.Runtime;
using DirectUpload.Diagnostics;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Presigning;

/// <summary>Caches the credentials to sign with, and refreshes them before they expire.</summary>
/// <remarks>
/// Cached credentials are returned without waiting while they outlive the signature. All callers share one refresh. When a refresh fails,
/// the cached credentials are used until they expire.
/// </remarks>
internal sealed class CredentialSource(Func<ValueTask<AWSCredentials>> find, ILogger logger)
{
    // The delay until rotated credentials are detected. Calling the provider for each signature would cost more than signing.
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromSeconds(1);
    // The pause after a provider failed or returned credentials that expire too early.
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMinutes(1);
    // The SDK itself refreshes the credentials of a role this long before they expire.
    private static readonly TimeSpan RefreshAhead = TimeSpan.FromMinutes(15);

    private readonly Lock _lock = new();
    private CachedCredentials? _cached;
    private Task<CachedCredentials>? _refresh;

    /// <summary>Gets the credentials that were fetched last; they may have expired.</summary>
    public SigningCredentials? Latest => Volatile.Read(ref _cached)?.Credentials;

    /// <summary>Returns the cached credentials; null when they must be refreshed first.</summary>
    public SigningCredentials? TryGetCached(TimeSpan lifetime, DateTimeOffset now) =>
        Volatile.Read(ref _cached) is { } kept && kept.IsSufficient(lifetime, now) ? kept.Credentials : null;

    /// <summary>Returns cached credentials, or waits for a refresh.</summary>
    /// <param name="lifetime">The lifetime of the signature, which the credentials should outlive.</param>
    /// <param name="now">The time of the signature.</param>
    /// <param name="cancellationToken">Cancels waiting; the refresh continues for other callers.</param>
    public ValueTask<SigningCredentials> GetAsync(TimeSpan lifetime, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (TryGetCached(lifetime, now) is { } usable)
            return ValueTask.FromResult(usable);
        var kept = Volatile.Read(ref _cached);
        var refresh = StartRefresh(lifetime, now);
        if (refresh.IsCompletedSuccessfully)
            return ValueTask.FromResult(refresh.Result.Credentials);
        // Cached credentials that outlive the signature are used during the refresh.
        return kept?.Credentials.ExpiresAt > now + lifetime
            ? ValueTask.FromResult(kept.Credentials)
            : WaitAsync(refresh, kept, now, cancellationToken);
    }

    private static async ValueTask<SigningCredentials> WaitAsync(
        Task<CachedCredentials> refresh, CachedCredentials? kept, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            return (await refresh.WaitAsync(cancellationToken).ConfigureAwait(false)).Credentials;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested && kept?.Credentials.ExpiresAt > now + RefreshInterval)
        {
            return kept.Credentials;
        }
    }

    private Task<CachedCredentials> StartRefresh(TimeSpan lifetime, DateTimeOffset now)
    {
        lock (_lock)
        {
            // A refresh may have completed since the caller read the cache.
            if (_cached is { } kept && kept.IsSufficient(lifetime, now))
                return Task.FromResult(kept);
            if (_refresh is not { IsCompleted: false })
                _refresh = RefreshAsync(lifetime, now);
            return _refresh;
        }
    }

    private async Task<CachedCredentials> RefreshAsync(TimeSpan lifetime, DateTimeOffset now)
    {
        var before = _cached;
        try
        {
            var source = await find().ConfigureAwait(false);
            var minLifetime = Min(lifetime, Max((before?.InitialLifetime ?? TimeSpan.Zero) / 2, RefreshAhead));
            var fetched = await FetchAsync(source, minLifetime).ConfigureAwait(false);
            var credentials = CreateSigningCredentials(source, fetched);
            var refreshAt = GetNextRefreshAt(source, credentials, minLifetime, now);
            // Unchanged credentials stay the same object, because the caches of derived values compare references.
            if (before?.Credentials == credentials)
                return Cache(before with { RequestedLifetime = lifetime, RefreshAt = refreshAt });
            var life = credentials.ExpiresAt - now ?? TimeSpan.Zero;
            return Cache(new CachedCredentials(credentials, life, lifetime, refreshAt));
        }
        catch (Exception exception) when (before?.Credentials.ExpiresAt > now + RefreshInterval)
        {
            logger.CredentialRefreshFailed(exception, before.Credentials.ExpiresAt.Value);
            var retryDelay = Min(RetryDelay, (before.Credentials.ExpiresAt.Value - now) / 2);
            Cache(before with { RequestedLifetime = lifetime, RefreshAt = now + retryDelay });
            throw;
        }
    }

    private CachedCredentials Cache(CachedCredentials kept)
    {
        Volatile.Write(ref _cached, kept);
        return kept;
    }

    private static Task<ImmutableCredentials> FetchAsync(AWSCredentials source, TimeSpan minLifetime) =>
        source is RefreshingAWSCredentials refreshing ? refreshing.GetCredentialsAsync(minLifetime) : source.GetCredentialsAsync();

    private static SigningCredentials CreateSigningCredentials(AWSCredentials source, ImmutableCredentials? fetched)
    {
        if (fetched is null)
            throw new InvalidOperationException("The S3 client has anonymous credentials, so requests cannot be signed. "
                + "Give the client credentials, or register AWSCredentials.");
        DateTimeOffset? expiresAt = source.Expiration is { } expiration ? new DateTimeOffset(expiration.ToUniversalTime()) : null;
        return new SigningCredentials(fetched.AccessKey, fetched.SecretKey, fetched.Token, expiresAt);
    }

    private static DateTimeOffset GetNextRefreshAt(
        AWSCredentials source, SigningCredentials credentials, TimeSpan minLifetime, DateTimeOffset now)
    {
        if (source is BasicAWSCredentials or SessionAWSCredentials)
            return DateTimeOffset.MaxValue;
        // A provider that returned shorter-lived credentials than requested is called again after half of their remaining time, at most
        // RetryDelay.
        return credentials.ExpiresAt is { } end && end < now + minLifetime
            ? now + Min(RetryDelay, Max((end - now) / 2, TimeSpan.Zero))
            : now + RefreshInterval;
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    /// <param name="Credentials">The credentials.</param>
    /// <param name="InitialLifetime">The remaining lifetime when they were fetched; zero when unknown.</param>
    /// <param name="RequestedLifetime">The lifetime of the signature that they were last requested for.</param>
    /// <param name="RefreshAt">The time until which they are used without a refresh.</param>
    private sealed record CachedCredentials(
        SigningCredentials Credentials, TimeSpan InitialLifetime, TimeSpan RequestedLifetime, DateTimeOffset RefreshAt)
    {
        // A longer signature than before triggers a refresh if the credentials do not outlive it.
        public bool IsSufficient(TimeSpan lifetime, DateTimeOffset now) =>
            now < RefreshAt && (lifetime <= RequestedLifetime || !(Credentials.ExpiresAt < now + lifetime));
    }
}
