using Amazon.Runtime;
using DirectUpload.Presigning;
using DirectUpload.Tests.Fixtures;

namespace DirectUpload.Tests.Presigning;

/// <summary>When the provider of credentials is asked, by how many, and what is signed with meanwhile.</summary>
public sealed class CredentialSourceTests
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private readonly CountingCredentials _provider = new();
    private readonly CapturedLog<CredentialSource> _log = new();
    private readonly CredentialSource _source;
    private DateTimeOffset _now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public CredentialSourceTests()
    {
        _source = new(() => ValueTask.FromResult<AWSCredentials>(_provider), _log);
        _provider.ExpiresAt = _now.AddHours(1);
    }

    [Fact]
    public async Task Get_200ConcurrentFirstCalls_RequestOnce()
    {
        var gate = CloseGate();
        var wanting = Enumerable.Range(0, 200).Select(_ => Task.Run(async () => await GetAsync())).ToList();
        await Task.Delay(50);
        gate.SetResult();

        (await Task.WhenAll(wanting)).Should().AllBeEquivalentTo("KEY1");
        _provider.RequestCount.Should().Be(1);
    }

    [Fact]
    public async Task Get_200ConcurrentAfterExpiry_RequestOnce()
    {
        await GetAsync();
        _now = _now.AddHours(2);
        _provider.ExpiresAt = _now.AddHours(1);
        var gate = CloseGate();
        var wanting = Enumerable.Range(0, 200).Select(_ => Task.Run(async () => await GetAsync())).ToList();
        await Task.Delay(50);
        gate.SetResult();

        (await Task.WhenAll(wanting)).Should().AllBeEquivalentTo("KEY2");
        _provider.RequestCount.Should().Be(2);
    }

    [Fact]
    public async Task Get_ConcurrentRounds_RequestOncePerSecond()
    {
        for (var round = 1; round <= 50; round++, _now = _now.AddSeconds(1))
        {
            await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(async () => await GetAsync())));
            _provider.RequestCount.Should().Be(round);
        }
    }

    [Fact]
    public async Task Get_LongerLifetime_RefreshesEarly()
    {
        _provider.ExpiresAt = _now.AddMinutes(10);
        await _source.GetAsync(TimeSpan.FromMinutes(5), _now, default);
        _provider.ExpiresAt = _now.AddHours(1);

        (await GetAsync()).Should().Be("KEY2");
    }

    [Fact]
    public async Task Get_ValidCredentials_DoesNotWaitForSlowRefresh()
    {
        await GetAsync();
        _now = _now.AddMinutes(30);
        var gate = CloseGate();

        var second = _source.GetAsync(Lifetime, _now, default);

        second.IsCompletedSuccessfully.Should().BeTrue();
        (await second).AccessKey.Should().Be("KEY1");
        gate.SetResult();
    }

    [Fact]
    public async Task Get_ExpiresBeforeSignature_Refreshes()
    {
        await GetAsync();
        _now = _now.AddMinutes(50);
        _provider.ExpiresAt = _now.AddHours(1);

        (await GetAsync()).Should().Be("KEY2");
    }

    [Fact]
    public async Task Get_ShortLivedCredentials_RetriesAfterAMinute()
    {
        _provider.ExpiresAt = _now.AddMinutes(5);
        for (var second = 0; second < 60; second++, _now = _now.AddSeconds(1))
            await GetAsync();

        _provider.RequestCount.Should().Be(1);
        await GetAsync();
        _provider.RequestCount.Should().Be(2);
    }

    [Fact]
    public async Task Get_ProviderFails_UsesCachedAndWarnsOnce()
    {
        await GetAsync();
        _provider.IsUnavailable = true;
        _now = _now.AddMinutes(55);

        for (var attempt = 0; attempt < 100; attempt++)
            (await GetAsync()).Should().Be("KEY1");
        _log.Lines.Should().ContainSingle().Which.Should().StartWith(
            "Warning: Credentials that sign requests could not be refreshed; the current ones are valid until 03/01/2026 13:00");
        _now = _now.AddMinutes(5);
        await this.Awaiting(it => it.GetAsync()).Should().ThrowAsync<HttpRequestException>();
    }

    [Fact]
    public async Task Get_ProviderRecovers_Succeeds()
    {
        _provider.IsUnavailable = true;
        await this.Awaiting(it => it.GetAsync()).Should().ThrowAsync<HttpRequestException>();
        _provider.IsUnavailable = false;

        (await GetAsync()).Should().Be("KEY2");
    }

    [Fact]
    public async Task Get_OneCallerCancels_OthersStillSucceed()
    {
        var gate = CloseGate();
        using var impatience = new CancellationTokenSource();
        var one = _source.GetAsync(Lifetime, _now, impatience.Token).AsTask();
        var other = _source.GetAsync(Lifetime, _now, default).AsTask();

        await impatience.CancelAsync();
        await one.Awaiting(it => it.WaitAsync(TimeSpan.FromSeconds(10))).Should().ThrowAsync<OperationCanceledException>();
        gate.SetResult();
        (await other).AccessKey.Should().Be("KEY1");
    }

    [Fact]
    public async Task TryGetCached_WithinASecond_ReturnsCredentials()
    {
        _source.TryGetCached(Lifetime, _now).Should().BeNull();
        await GetAsync();

        _source.TryGetCached(Lifetime, _now.AddSeconds(0.9))!.AccessKey.Should().Be("KEY1");
        _source.TryGetCached(Lifetime, _now.AddSeconds(1)).Should().BeNull();
    }

    [Fact]
    public async Task TryGetCached_StaticCredentials_NeverExpire()
    {
        var source = new CredentialSource(() => ValueTask.FromResult<AWSCredentials>(new BasicAWSCredentials("AK", "SK")), _log);
        await source.GetAsync(Lifetime, _now, default);

        source.TryGetCached(Lifetime, _now.AddYears(100))!.AccessKey.Should().Be("AK");
    }

    [Fact]
    public async Task Get_SdkRefreshingCredentials_CoverTheLifetime()
    {
        // The SDK reads the real clock.
        var now = DateTimeOffset.UtcNow;
        var sdk = new RotatingCredentials { ExpiresAt = now.AddMinutes(10) };
        await sdk.GetCredentialsAsync();
        sdk.ExpiresAt = now.AddHours(1);
        var source = new CredentialSource(() => ValueTask.FromResult<AWSCredentials>(sdk), _log);

        (await source.GetAsync(Lifetime, now, default)).ExpiresAt.Should().BeCloseTo(now.AddHours(1), TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Get_AnonymousClient_ThrowsWithSolution()
    {
        var source = new CredentialSource(() => ValueTask.FromResult<AWSCredentials>(new AnonymousAWSCredentials()), _log);

        (await source.Awaiting(it => it.GetAsync(Lifetime, _now, default).AsTask()).Should().ThrowAsync<InvalidOperationException>())
            .WithMessage("*anonymous*Give the client credentials*");
    }

    private async Task<string> GetAsync() => (await _source.GetAsync(Lifetime, _now, default)).AccessKey;

    private TaskCompletionSource CloseGate()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _provider.Gate = gate.Task;
        return gate;
    }
}
