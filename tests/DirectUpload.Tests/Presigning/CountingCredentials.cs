using Amazon.Runtime;

namespace DirectUpload.Tests.Presigning;

/// <summary>A provider of credentials that end, which counts how often it is asked, and may be slow or down.</summary>
internal sealed class CountingCredentials : AWSCredentials
{
    private int _requestCount;

    public int RequestCount => _requestCount;

    /// <summary>When the next ones that it gives end; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>Those who ask wait for it.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public bool IsUnavailable { get; set; }

    public override DateTime? Expiration => ExpiresAt?.UtcDateTime;

    public override ImmutableCredentials GetCredentials() => throw new InvalidOperationException("Nobody may block.");

    public override async Task<ImmutableCredentials> GetCredentialsAsync()
    {
        var number = Interlocked.Increment(ref _requestCount);
        await Gate;
        return IsUnavailable
            ? throw new HttpRequestException("The provider is down.")
            : new ImmutableCredentials($"KEY{number}", "secret", "session");
    }
}
