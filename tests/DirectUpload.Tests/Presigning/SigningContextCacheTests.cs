using Amazon.Runtime;
using DirectUpload.Presigning;
using Microsoft.Extensions.Logging.Abstractions;

namespace DirectUpload.Tests.Presigning;

/// <summary>What is kept for a second must never be taken for something else's.</summary>
public sealed class SigningContextCacheTests
{
    // The SDK looks at the real clock.
    private static readonly DateTimeOffset Now = SigningTime.Get(TimeProvider.System.GetUtcNow()).Instant.AddMinutes(1);

    private readonly RotatingCredentials _credentials = new() { ExpiresAt = Now.AddHours(1) };
    private readonly SigningContextCache _cache;

    public SigningContextCacheTests() => _cache = new(
        () => new SigningTarget("examplebucket", "eu-west-1", new Uri("https://examplebucket.s3.eu-west-1.amazonaws.com/")),
        new CredentialSource(() => ValueTask.FromResult<AWSCredentials>(_credentials), NullLogger.Instance));

    [Fact]
    public async Task TryGetCached_SameSecondAndLifetime_IsShared()
    {
        var first = await _cache.CreateAsync(TimeSpan.FromMinutes(5), Now, default);

        _cache.TryGetCached(TimeSpan.FromMinutes(5), Now.AddMilliseconds(999)).Should().BeSameAs(first);
    }

    [Fact]
    public async Task TryGetCached_OtherLifetime_IsSeparate()
    {
        await _cache.CreateAsync(TimeSpan.FromMinutes(5), Now, default);

        foreach (var minutes in new[] { 1, 5, 2, 5 })
            _cache.TryGetCached(TimeSpan.FromMinutes(minutes), Now)!.ExpiresAt.Should().Be(Now.AddMinutes(minutes));
        _cache.TryGetCached(null, Now)!.ExpiresAt.Should().Be(Now.AddMinutes(15));
    }

    [Fact]
    public async Task Create_OtherSecond_IsSeparate()
    {
        await _cache.CreateAsync(TimeSpan.FromMinutes(5), Now.AddMilliseconds(999), default);

        var next = await _cache.CreateAsync(TimeSpan.FromMinutes(5), Now.AddSeconds(1), default);

        next.Time.Instant.Should().Be(Now.AddSeconds(1));
        next.ExpiresAt.Should().Be(Now.AddSeconds(1).AddMinutes(5));
    }

    [Fact]
    public async Task Create_OtherCredentials_ReplacesTheContext()
    {
        var first = await _cache.CreateAsync(TimeSpan.FromMinutes(5), Now, default);
        _credentials.Rotate("SECOND");
        // Longer than the first credentials live: they are asked for anew.
        var other = await _cache.CreateAsync(TimeSpan.FromHours(2), Now, default);

        other.Credentials.AccessKey.Should().NotBe(first.Credentials.AccessKey);
        _cache.TryGetCached(TimeSpan.FromMinutes(5), Now)!.Credentials.Should().BeSameAs(other.Credentials);
    }

    [Fact]
    public async Task TryGetCached_CredentialsAboutToExpire_IsNull()
    {
        await _cache.CreateAsync(TimeSpan.FromMinutes(5), Now, default);

        _cache.TryGetCached(TimeSpan.FromMinutes(5), Now.AddMinutes(58)).Should().BeNull();
    }
}
