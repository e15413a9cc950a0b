namespace DirectUpload.Presigning;

/// <summary>Validates and limits the lifetime of presigned requests.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html (X-Amz-Expires)</remarks>
internal static class PresignLifetime
{
    public static readonly TimeSpan Default = TimeSpan.FromMinutes(15);
    public static readonly TimeSpan Min = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan Max = TimeSpan.FromDays(7);

    /// <summary>Returns the requested lifetime, or the default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The lifetime is not 1 second to 7 days.</exception>
    public static TimeSpan Validate(TimeSpan? requested)
    {
        var lifetime = requested ?? Default;
        return lifetime < Min || lifetime > Max
            ? throw new ArgumentOutOfRangeException(
                nameof(requested), lifetime, "The lifetime of a presigned request must be 1 second to 7 days (the limits of S3).")
            : lifetime;
    }

    /// <summary>
    /// Returns the lifetime to sign, in whole seconds: the requested lifetime, but not beyond the expiry of the credentials.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The lifetime is not 1 second to 7 days.</exception>
    /// <exception cref="InvalidOperationException">The credentials expire within a second.</exception>
    public static TimeSpan Limit(TimeSpan? requested, SigningCredentials credentials, DateTimeOffset now)
    {
        var lifetime = Validate(requested);
        if (credentials.ExpiresAt - now is { } remaining && remaining < lifetime)
            lifetime = remaining;
        if (lifetime < Min)
        {
            throw new InvalidOperationException(
                "The credentials have expired or expire within a second, so a request cannot be signed with them. Refresh them.");
        }

        return new TimeSpan(lifetime.Ticks - (lifetime.Ticks % TimeSpan.TicksPerSecond));
    }
}
