using Amazon.Runtime;
using DirectUpload.Signing;

namespace DirectUpload.Tests.Signing;

/// <summary>When the provider of credentials is asked, by how many, and what is signed with meanwhile.</summary>
public sealed class CredentialSourceTests
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private readonly CountedCredentials _provider = new();
    private readonly LogLines<CredentialSource> _log = new();
    private readonly CredentialSource _source;
    private DateTimeOffset _now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public CredentialSourceTests()
    {
        _source = new(() => ValueTask.FromResult<AWSCredentials>(_provider), _log);
        _provider.End = _now.AddHours(1);
    }

    [Fact]
    public async Task Of_two_hundred_who_want_the_first_credentials_one_asks()
    {
        var gate = Close();
        var wanting = Enumerable.Range(0, 200).Select(_ => Task.Run(async () => await GetAsync())).ToList();
        await Task.Delay(50);
        gate.SetResult();

        (await Task.WhenAll(wanting)).Should().AllBeEquivalentTo("KEY1");
        _provider.Asked.Should().Be(1);
    }

    [Fact]
    public async Task Of_two_hundred_who_find_them_expired_one_asks()
    {
        await GetAsync();
        _now = _now.AddHours(2);
        _provider.End = _now.AddHours(1);
        var gate = Close();
        var wanting = Enumerable.Range(0, 200).Select(_ => Task.Run(async () => await GetAsync())).ToList();
        await Task.Delay(50);
        gate.SetResult();

        (await Task.WhenAll(wanting)).Should().AllBeEquivalentTo("KEY2");
        _provider.Asked.Should().Be(2);
    }

    [Fact]
    public async Task Who_looked_before_another_s_asking_ended_does_not_ask_again()
    {
        for (var round = 1; round <= 50; round++, _now = _now.AddSeconds(1))
        {
            await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(async () => await GetAsync())));
            _provider.Asked.Should().Be(round);
        }
    }

    [Fact]
    public async Task A_longer_signature_asks_for_longer_lived_ones_though_a_shorter_one_was_just_served()
    {
        _provider.End = _now.AddMinutes(10);
        await _source.GetAsync(TimeSpan.FromMinutes(5), _now, default);
        _provider.End = _now.AddHours(1);

        (await GetAsync()).Should().Be("KEY2");
    }

    [Fact]
    public async Task What_lives_long_enough_is_used_while_the_provider_is_slow()
    {
        await GetAsync();
        _now = _now.AddMinutes(30);
        var gate = Close();

        var second = _source.GetAsync(Lifetime, _now, default);

        second.IsCompletedSuccessfully.Should().BeTrue();
        (await second).AccessKey.Should().Be("KEY1");
        gate.SetResult();
    }

    [Fact]
    public async Task What_ends_before_the_signature_would_is_renewed_ahead_of_its_end()
    {
        await GetAsync();
        _now = _now.AddMinutes(50);
        _provider.End = _now.AddHours(1);

        (await GetAsync()).Should().Be("KEY2");
    }

    [Fact]
    public async Task A_provider_that_cannot_give_enough_is_left_alone_for_a_minute()
    {
        _provider.End = _now.AddMinutes(5);
        for (var second = 0; second < 60; second++, _now = _now.AddSeconds(1))
            await GetAsync();

        _provider.Asked.Should().Be(1);
        await GetAsync();
        _provider.Asked.Should().Be(2);
    }

    [Fact]
    public async Task Those_at_hand_serve_to_their_end_when_the_provider_is_down_and_the_log_says_so_once()
    {
        await GetAsync();
        _provider.IsDown = true;
        _now = _now.AddMinutes(55);

        for (var attempt = 0; attempt < 100; attempt++)
            (await GetAsync()).Should().Be("KEY1");
        _log.Lines.Should().ContainSingle().Which.Should().StartWith("Warning: The credentials that sign could not be renewed; those at hand work until 03/01/2026 13:00");
        _now = _now.AddMinutes(5);
        await this.Awaiting(it => it.GetAsync()).Should().ThrowAsync<HttpRequestException>();
    }

    [Fact]
    public async Task A_provider_that_is_up_again_is_noticed()
    {
        _provider.IsDown = true;
        await this.Awaiting(it => it.GetAsync()).Should().ThrowAsync<HttpRequestException>();
        _provider.IsDown = false;

        (await GetAsync()).Should().Be("KEY2");
    }

    [Fact]
    public async Task Who_gives_up_waiting_does_not_end_it_for_the_others()
    {
        var gate = Close();
        using var impatience = new CancellationTokenSource();
        var one = _source.GetAsync(Lifetime, _now, impatience.Token).AsTask();
        var other = _source.GetAsync(Lifetime, _now, default).AsTask();

        await impatience.CancelAsync();
        await one.Awaiting(it => it.WaitAsync(TimeSpan.FromSeconds(10))).Should().ThrowAsync<OperationCanceledException>();
        gate.SetResult();
        (await other).AccessKey.Should().Be("KEY1");
    }

    [Fact]
    public async Task At_hand_is_what_was_asked_for_within_the_second()
    {
        _source.AtHand(Lifetime, _now).Should().BeNull();
        await GetAsync();

        _source.AtHand(Lifetime, _now.AddSeconds(0.9))!.AccessKey.Should().Be("KEY1");
        _source.AtHand(Lifetime, _now.AddSeconds(1)).Should().BeNull();
    }

    [Fact]
    public async Task What_never_changes_is_at_hand_for_ever()
    {
        var source = new CredentialSource(() => ValueTask.FromResult<AWSCredentials>(new BasicAWSCredentials("AK", "SK")), _log);
        await source.GetAsync(Lifetime, _now, default);

        source.AtHand(Lifetime, _now.AddYears(100))!.AccessKey.Should().Be("AK");
    }

    [Fact]
    public async Task The_SDKs_own_refreshing_credentials_are_asked_for_as_long_as_the_signature_lives()
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
    public async Task An_anonymous_client_is_told_what_it_lacks()
    {
        var source = new CredentialSource(() => ValueTask.FromResult<AWSCredentials>(new AnonymousAWSCredentials()), _log);

        (await source.Awaiting(it => it.GetAsync(Lifetime, _now, default).AsTask()).Should().ThrowAsync<InvalidOperationException>())
            .WithMessage("*anonymous*Give it credentials*");
    }

    private async Task<string> GetAsync() => (await _source.GetAsync(Lifetime, _now, default)).AccessKey;

    private TaskCompletionSource Close()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _provider.Gate = gate.Task;
        return gate;
    }
}
