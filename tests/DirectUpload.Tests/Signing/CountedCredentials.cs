using Amazon.Runtime;

namespace DirectUpload.Tests.Signing;

/// <summary>A provider of credentials that end, which counts how often it is asked, and may be slow or down.</summary>
internal sealed class CountedCredentials : AWSCredentials
{
    private int _asked;

    public int Asked => _asked;

    /// <summary>When the next ones that it gives end; null for never.</summary>
    public DateTimeOffset? End { get; set; }

    /// <summary>Those who ask wait for it.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public bool IsDown { get; set; }

    public override DateTime? Expiration => End?.UtcDateTime;

    public override ImmutableCredentials GetCredentials() => throw new InvalidOperationException("Nobody may block.");

    public override async Task<ImmutableCredentials> GetCredentialsAsync()
    {
        var number = Interlocked.Increment(ref _asked);
        await Gate;
        return IsDown ? throw new HttpRequestException("The provider is down.") : new ImmutableCredentials($"KEY{number}", "secret", "session");
    }
}
