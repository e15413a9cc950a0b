using Amazon.Runtime;
using DirectUpload.Diagnostics;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Signing;

/// <summary>
/// The credentials to sign with: at hand without waiting while they live as long as what is signed, asked for anew ahead of their end, by one asker
/// however many want them. When they can't be had anew, those at hand serve to their end.
/// </summary>
internal sealed class CredentialSource(Func<ValueTask<AWSCredentials>> find, ILogger logger)
{
    // Rotated credentials are noticed this soon; asking for each signature would cost more than signing.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    // How long a provider that could not give what was wanted is left alone.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    // How far ahead of their end the SDK itself renews a role's credentials.
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(15);

    private readonly Lock _change = new();
    private Kept? _kept;
    private Task<Kept>? _asking;

    /// <summary>What was found last, whether or not it can still be used.</summary>
    public SigningCredentials? Latest => Volatile.Read(ref _kept)?.Credentials;

    /// <summary>The credentials that can be used without asking; null when it is time to ask.</summary>
    public SigningCredentials? AtHand(TimeSpan lifetime, DateTimeOffset now) =>
        Volatile.Read(ref _kept) is { } kept && kept.Serves(lifetime, now) ? kept.Credentials : null;

    /// <param name="lifetime">How long the signature is to work; the credentials should live as long.</param>
    /// <param name="now">The time of the signature.</param>
    /// <param name="cancellationToken">Gives up waiting; the asking goes on for the others.</param>
    public ValueTask<SigningCredentials> GetAsync(TimeSpan lifetime, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (AtHand(lifetime, now) is { } atHand)
            return ValueTask.FromResult(atHand);
        var kept = Volatile.Read(ref _kept);
        var asking = Ask(lifetime, now);
        if (asking.IsCompletedSuccessfully)
            return ValueTask.FromResult(asking.Result.Credentials);
        // What lives long enough is used meanwhile.
        return kept?.Credentials.ExpiresAt > now + lifetime
            ? ValueTask.FromResult(kept.Credentials)
            : WaitAsync(asking, kept, now, cancellationToken);
    }

    private static async ValueTask<SigningCredentials> WaitAsync(Task<Kept> asking, Kept? kept, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            return (await asking.WaitAsync(cancellationToken).ConfigureAwait(false)).Credentials;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested && kept?.Credentials.ExpiresAt > now + Fresh)
        {
            return kept.Credentials;
        }
    }

    private Task<Kept> Ask(TimeSpan lifetime, DateTimeOffset now)
    {
        lock (_change)
        {
            // An asking that ended since the caller looked has brought what it wants.
            if (_kept is { } kept && kept.Serves(lifetime, now))
                return Task.FromResult(kept);
            if (_asking is not { IsCompleted: false })
                _asking = AskAsync(lifetime, now);
            return _asking;
        }
    }

    private async Task<Kept> AskAsync(TimeSpan lifetime, DateTimeOffset now)
    {
        var before = _kept;
        try
        {
            var source = await find().ConfigureAwait(false);
            var wanted = Min(lifetime, Max((before?.Life ?? TimeSpan.Zero) / 2, Ahead));
            var fetched = await FetchAsync(source, wanted).ConfigureAwait(false);
            var credentials = Describe(source, fetched);
            // The same ones stay the same object, by which what was computed from them is found again.
            if (before?.Credentials == credentials)
                return Keep(before with { Asked = lifetime, AskAgainAt = NextAsking(source, credentials, wanted, now) });
            var life = credentials.ExpiresAt - now ?? TimeSpan.Zero;
            return Keep(new Kept(credentials, life, lifetime, NextAsking(source, credentials, wanted, now)));
        }
        catch (Exception exception) when (before?.Credentials.ExpiresAt > now + Fresh)
        {
            logger.CredentialsNotRefreshed(exception, before.Credentials.ExpiresAt.Value);
            Keep(before with { Asked = lifetime, AskAgainAt = now + Min(Patience, (before.Credentials.ExpiresAt.Value - now) / 2) });
            throw;
        }
    }

    private Kept Keep(Kept kept)
    {
        Volatile.Write(ref _kept, kept);
        return kept;
    }

    private static Task<ImmutableCredentials> FetchAsync(AWSCredentials source, TimeSpan wanted) =>
        source is RefreshingAWSCredentials refreshing ? refreshing.GetCredentialsAsync(wanted) : source.GetCredentialsAsync();

    private static SigningCredentials Describe(AWSCredentials source, ImmutableCredentials? fetched)
    {
        if (fetched is null)
            throw new InvalidOperationException("The S3 client is anonymous, so nothing can be signed. Give it credentials, or register AWSCredentials.");
        DateTimeOffset? expiresAt = source.Expiration is { } expiration ? new DateTimeOffset(expiration.ToUniversalTime()) : null;
        return new SigningCredentials(fetched.AccessKey, fetched.SecretKey, fetched.Token, expiresAt);
    }

    private static DateTimeOffset NextAsking(AWSCredentials source, SigningCredentials credentials, TimeSpan wanted, DateTimeOffset now)
    {
        if (source is BasicAWSCredentials or SessionAWSCredentials)
            return DateTimeOffset.MaxValue;
        // Less than was wanted will hardly become more at once: half the time that is left, but not too long.
        return credentials.ExpiresAt is { } end && end < now + wanted ? now + Min(Patience, Max((end - now) / 2, TimeSpan.Zero)) : now + Fresh;
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    /// <param name="Credentials">The credentials.</param>
    /// <param name="Life">How long they were to live when they were new here; zero when that is not known.</param>
    /// <param name="Asked">For how long a signature they were asked for last.</param>
    /// <param name="AskAgainAt">Until when they are used without asking.</param>
    private sealed record Kept(SigningCredentials Credentials, TimeSpan Life, TimeSpan Asked, DateTimeOffset AskAgainAt)
    {
        // Those that end too soon for a longer signature may be renewed for it, though a shorter one had no need of that.
        public bool Serves(TimeSpan lifetime, DateTimeOffset now) =>
            now < AskAgainAt && (lifetime <= Asked || !(Credentials.ExpiresAt < now + lifetime));
    }
}
