namespace DirectUpload.Signing;

/// <summary>Gives what is to be signed for a bucket its occasion, which for one lifetime is the same throughout a second.</summary>
internal sealed class SigningOccasions(Func<SigningTarget> target, CredentialSource credentials)
{
    private Latest? _latest;

    /// <summary>The occasion, when the credentials are at hand.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 1 second to 7 days are asked for.</exception>
    public SigningOccasion? AtHand(TimeSpan? lifetime, DateTimeOffset now)
    {
        // Whether credentials serve is decided by the second as well: what served in it still does, unless there are others meanwhile.
        if (_latest is { } latest && latest.Second == now.ToUnixTimeSeconds() && latest.Asked == lifetime && ReferenceEquals(latest.Credentials, credentials.Latest))
            return latest.Occasion;
        var time = SigningTime.Of(now);
        return credentials.AtHand(Lifetimes.Checked(lifetime), time.Instant) is { } atHand ? Keep(lifetime, time, atHand) : null;
    }

    /// <summary>The occasion, with credentials asked for anew.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 1 second to 7 days are asked for.</exception>
    public async ValueTask<SigningOccasion> AskAsync(TimeSpan? lifetime, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var time = SigningTime.Of(now);
        return Keep(lifetime, time, await credentials.GetAsync(Lifetimes.Checked(lifetime), time.Instant, cancellationToken).ConfigureAwait(false));
    }

    private SigningOccasion Keep(TimeSpan? lifetime, SigningTime time, SigningCredentials found)
    {
        var occasion = new SigningOccasion(target(), found, time, Lifetimes.For(lifetime, found, time.Instant));
        _latest = new Latest(time.Instant.ToUnixTimeSeconds(), lifetime, found, occasion);
        return occasion;
    }

    private sealed record Latest(long Second, TimeSpan? Asked, SigningCredentials Credentials, SigningOccasion Occasion);
}
