namespace DirectUpload.Signing;

/// <summary>How long a presigned request may work.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html (X-Amz-Expires)</remarks>
internal static class Lifetimes
{
    public static readonly TimeSpan Default = TimeSpan.FromMinutes(15);
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>The lifetime that is asked for.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 1 second to 7 days.</exception>
    public static TimeSpan Checked(TimeSpan? asked)
    {
        var lifetime = asked ?? Default;
        return lifetime < Shortest || lifetime > Longest
            ? throw new ArgumentOutOfRangeException(nameof(asked), lifetime, "A presigned request lives from 1 second to 7 days (S3's limits).")
            : lifetime;
    }

    /// <summary>The lifetime to sign, in whole seconds: as asked, but never beyond the credentials' own end.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 1 second to 7 days.</exception>
    /// <exception cref="InvalidOperationException">The credentials have less than a second left.</exception>
    public static TimeSpan For(TimeSpan? asked, SigningCredentials credentials, DateTimeOffset now)
    {
        var lifetime = Checked(asked);
        if (credentials.ExpiresAt - now is { } left && left < lifetime)
            lifetime = left;
        if (lifetime < Shortest)
            throw new InvalidOperationException("The credentials expire within a second; nothing can be signed with them. Refresh them.");
        return new TimeSpan(lifetime.Ticks - (lifetime.Ticks % TimeSpan.TicksPerSecond));
    }
}
