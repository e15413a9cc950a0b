using DirectUpload.Signing;

namespace DirectUpload.Tests.Signing;

public sealed class LifetimeTests
{
    // The SDK decides by its own clock whether credentials must be fetched again, so this clock stands near it.
    private static readonly DateTimeOffset Now = new(DateTimeOffset.UtcNow.Year + 1, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1, "1")]
    [InlineData(900, "900")]
    [InlineData(604_800, "604800")]
    public async Task One_second_to_seven_days_are_signed_as_asked(int seconds, string expires)
    {
        var put = await TestIssuer.Simple().PresignAsync(new PutUrlRequest { Key = "a", Lifetime = TimeSpan.FromSeconds(seconds) });

        SignedUrl.Parse(put.Url).Expires.Should().Be(expires);
        put.ExpiresAt.Should().Be(TestIssuer.Start.AddSeconds(seconds));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(0.999)]
    [InlineData(604_801)]
    public async Task Anything_else_is_refused(double seconds)
    {
        var issuer = TestIssuer.Simple();
        var lifetime = TimeSpan.FromSeconds(seconds);

        await issuer.Awaiting(it => it.PresignAsync(new PutUrlRequest { Key = "a", Lifetime = lifetime }).AsTask()).Should().ThrowAsync<ArgumentOutOfRangeException>();
        await issuer.Awaiting(it => it.PresignAsync(new GetUrlRequest { Key = "a", Lifetime = lifetime }).AsTask()).Should().ThrowAsync<ArgumentOutOfRangeException>();
        await issuer.Awaiting(it => it.PresignPostAsync(new PostPolicyRequest { Key = "a", MaxLength = 1, Lifetime = lifetime }).AsTask())
            .Should().ThrowAsync<ArgumentOutOfRangeException>();
    }

    [Fact]
    public async Task Fifteen_minutes_when_nothing_is_asked() => (await new TestIssuer().PutAsync()).Expires.Should().Be("900");

    [Fact]
    public async Task Fractions_of_a_second_are_dropped_from_the_lifetime_and_from_the_promise()
    {
        var issuer = new TestIssuer { Clock = new(TestIssuer.Start.AddMilliseconds(900)) }.Build();
        var put = await issuer.PresignAsync(new PutUrlRequest { Key = "a", Lifetime = TimeSpan.FromSeconds(10.9) });

        SignedUrl.Parse(put.Url).Expires.Should().Be("10");
        put.ExpiresAt.Should().Be(TestIssuer.Start.AddSeconds(10), "storage counts from the signed second, not from the fraction after it");
    }

    [Fact]
    public async Task Credentials_that_end_sooner_cut_it_short_and_the_answer_says_so()
    {
        var issuer = Refreshing(Now.AddMinutes(5).AddMilliseconds(700));

        var put = await issuer.PresignAsync(new PutUrlRequest { Key = "a", Lifetime = TimeSpan.FromHours(1) });
        var get = await issuer.PresignAsync(new GetUrlRequest { Key = "a", Lifetime = TimeSpan.FromHours(1) });
        var post = PolicyForm.Of(await issuer.PresignPostAsync(new PostPolicyRequest { Key = "a", MaxLength = 1, Lifetime = TimeSpan.FromHours(1) }));

        SignedUrl.Parse(put.Url).Expires.Should().Be("300");
        put.ExpiresAt.Should().Be(Now.AddMinutes(5), "a fraction of a second can't be signed");
        SignedUrl.Parse(get.Url).Expires.Should().Be("300");
        get.ExpiresAt.Should().Be(Now.AddMinutes(5));
        post.Post.ExpiresAt.Should().Be(Now.AddMinutes(5));
        post.Expiration.Should().Be(Now.AddMinutes(5).ToString("yyyy-MM-dd'T'HH':'mm':'ss'.000Z'", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Credentials_that_end_later_change_nothing()
    {
        var put = await Refreshing(Now.AddHours(5)).PresignAsync(new PutUrlRequest { Key = "a", Lifetime = TimeSpan.FromHours(1) });

        put.ExpiresAt.Should().Be(Now.AddHours(1));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0)]
    [InlineData(-60)]
    public async Task Credentials_with_less_than_a_second_left_sign_nothing(double left) =>
        (await Refreshing(Now.AddSeconds(left)).Awaiting(it => it.PresignAsync(new PutUrlRequest { Key = "a" }).AsTask())
            .Should().ThrowAsync<InvalidOperationException>()).WithMessage("The credentials expire*Refresh them.");

    [Fact]
    public void The_clamp_knows_the_end_of_any_credentials()
    {
        var credentials = new SigningCredentials("AK", "SK", null, TestIssuer.Start.AddSeconds(30));

        Lifetimes.For(TimeSpan.FromSeconds(20), credentials, TestIssuer.Start).Should().Be(TimeSpan.FromSeconds(20));
        Lifetimes.For(TimeSpan.FromSeconds(40), credentials, TestIssuer.Start).Should().Be(TimeSpan.FromSeconds(30));
        Lifetimes.For(null, credentials with { ExpiresAt = null }, TestIssuer.Start).Should().Be(TimeSpan.FromMinutes(15));
    }

    private static PresignedUploadIssuer Refreshing(DateTimeOffset expiresAt) =>
        new TestIssuer { Clock = new(Now), Registered = new RotatingCredentials { ExpiresAt = expiresAt } }.Build();
}
