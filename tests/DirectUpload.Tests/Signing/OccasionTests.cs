using Amazon.Runtime;
using DirectUpload.Signing;
using Microsoft.Extensions.Logging.Abstractions;

namespace DirectUpload.Tests.Signing;

/// <summary>What is kept for a second must never be taken for something else's.</summary>
public sealed class OccasionTests
{
    // The SDK looks at the real clock.
    private static readonly DateTimeOffset Now = SigningTime.Of(TimeProvider.System.GetUtcNow()).Instant.AddMinutes(1);

    private readonly RotatingCredentials _credentials = new() { ExpiresAt = Now.AddHours(1) };
    private readonly SigningOccasions _occasions;

    public OccasionTests() => _occasions = new(
        () => new SigningTarget("examplebucket", "eu-west-1", new Uri("https://examplebucket.s3.eu-west-1.amazonaws.com/")),
        new CredentialSource(() => ValueTask.FromResult<AWSCredentials>(_credentials), NullLogger.Instance));

    [Fact]
    public async Task One_second_and_one_lifetime_share_it()
    {
        var first = await _occasions.AskAsync(TimeSpan.FromMinutes(5), Now, default);

        _occasions.AtHand(TimeSpan.FromMinutes(5), Now.AddMilliseconds(999)).Should().BeSameAs(first);
    }

    [Fact]
    public async Task Another_lifetime_has_its_own()
    {
        await _occasions.AskAsync(TimeSpan.FromMinutes(5), Now, default);

        foreach (var minutes in new[] { 1, 5, 2, 5 })
            _occasions.AtHand(TimeSpan.FromMinutes(minutes), Now)!.ExpiresAt.Should().Be(Now.AddMinutes(minutes));
        _occasions.AtHand(null, Now)!.ExpiresAt.Should().Be(Now.AddMinutes(15));
    }

    [Fact]
    public async Task Another_second_has_its_own()
    {
        await _occasions.AskAsync(TimeSpan.FromMinutes(5), Now.AddMilliseconds(999), default);

        var next = await _occasions.AskAsync(TimeSpan.FromMinutes(5), Now.AddSeconds(1), default);

        next.Time.Instant.Should().Be(Now.AddSeconds(1));
        next.ExpiresAt.Should().Be(Now.AddSeconds(1).AddMinutes(5));
    }

    [Fact]
    public async Task Other_credentials_have_their_own_within_the_second_as_well()
    {
        var first = await _occasions.AskAsync(TimeSpan.FromMinutes(5), Now, default);
        _credentials.Rotate("SECOND");
        // Longer than the first credentials live: they are asked for anew.
        var other = await _occasions.AskAsync(TimeSpan.FromHours(2), Now, default);

        other.Credentials.AccessKey.Should().NotBe(first.Credentials.AccessKey);
        _occasions.AtHand(TimeSpan.FromMinutes(5), Now)!.Credentials.Should().BeSameAs(other.Credentials);
    }

    [Fact]
    public async Task What_does_not_serve_any_more_is_not_at_hand()
    {
        await _occasions.AskAsync(TimeSpan.FromMinutes(5), Now, default);

        _occasions.AtHand(TimeSpan.FromMinutes(5), Now.AddMinutes(58)).Should().BeNull();
    }
}
