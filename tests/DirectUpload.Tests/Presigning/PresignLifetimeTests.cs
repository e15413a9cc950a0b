using DirectUpload.Presigning;

namespace DirectUpload.Tests.Presigning;

public sealed class PresignLifetimeTests
{
    // The SDK decides by its own clock whether credentials must be fetched again, so this clock stands near it.
    private static readonly DateTimeOffset Now = new(DateTimeOffset.UtcNow.Year + 1, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1, "1")]
    [InlineData(900, "900")]
    [InlineData(604_800, "604800")]
    public async Task Presign_OneSecondToSevenDays_IsSigned(int seconds, string expires)
    {
        var put = await TestIssuer.CreateDefault().PresignAsync(new PutUrlRequest { Key = "a", Lifetime = TimeSpan.FromSeconds(seconds) });

        SignedUrl.Parse(put.Url).Expires.Should().Be(expires);
        put.ExpiresAt.Should().Be(TestIssuer.Start.AddSeconds(seconds));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(0.999)]
    [InlineData(604_801)]
    public async Task Presign_LifetimeOutOfRange_Throws(double seconds)
    {
        var issuer = TestIssuer.CreateDefault();
        var lifetime = TimeSpan.FromSeconds(seconds);

        await issuer.Awaiting(it => it.PresignAsync(new PutUrlRequest { Key = "a", Lifetime = lifetime }).AsTask())
            .Should().ThrowAsync<ArgumentOutOfRangeException>();
        await issuer.Awaiting(it => it.PresignAsync(new GetUrlRequest { Key = "a", Lifetime = lifetime }).AsTask())
            .Should().ThrowAsync<ArgumentOutOfRangeException>();
        await issuer.Awaiting(it => it.PresignPostAsync(new PostPolicyRequest { Key = "a", MaxLength = 1, Lifetime = lifetime }).AsTask())
            .Should().ThrowAsync<ArgumentOutOfRangeException>();
    }

    [Fact]
    public async Task Presign_NoLifetime_IsFifteenMinutes() => (await new TestIssuer().PutAsync()).Expires.Should().Be("900");

    [Fact]
    public async Task Presign_FractionalSeconds_AreTruncated()
    {
        var issuer = new TestIssuer { Clock = new(TestIssuer.Start.AddMilliseconds(900)) }.Build();
        var put = await issuer.PresignAsync(new PutUrlRequest { Key = "a", Lifetime = TimeSpan.FromSeconds(10.9) });

        SignedUrl.Parse(put.Url).Expires.Should().Be("10");
        put.ExpiresAt.Should().Be(TestIssuer.Start.AddSeconds(10), "storage counts from the signed second, not from the fraction after it");
    }

    [Fact]
    public async Task Presign_CredentialsExpireFirst_ShortensLifetime()
    {
        var issuer = CreateIssuer(Now.AddMinutes(5).AddMilliseconds(700));

        var put = await issuer.PresignAsync(new PutUrlRequest { Key = "a", Lifetime = TimeSpan.FromHours(1) });
        var get = await issuer.PresignAsync(new GetUrlRequest { Key = "a", Lifetime = TimeSpan.FromHours(1) });
        var post = ParsedPostForm.Parse(
            await issuer.PresignPostAsync(new PostPolicyRequest { Key = "a", MaxLength = 1, Lifetime = TimeSpan.FromHours(1) }));

        SignedUrl.Parse(put.Url).Expires.Should().Be("300");
        put.ExpiresAt.Should().Be(Now.AddMinutes(5), "a fraction of a second can't be signed");
        SignedUrl.Parse(get.Url).Expires.Should().Be("300");
        get.ExpiresAt.Should().Be(Now.AddMinutes(5));
        post.Post.ExpiresAt.Should().Be(Now.AddMinutes(5));
        post.Expiration.Should().Be(
            Now.AddMinutes(5).ToString("yyyy-MM-dd'T'HH':'mm':'ss'.000Z'", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Presign_CredentialsExpireLater_KeepsLifetime()
    {
        var put = await CreateIssuer(Now.AddHours(5)).PresignAsync(new PutUrlRequest { Key = "a", Lifetime = TimeSpan.FromHours(1) });

        put.ExpiresAt.Should().Be(Now.AddHours(1));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0)]
    [InlineData(-60)]
    public async Task Presign_CredentialsAboutToExpire_Throws(double left) =>
        (await CreateIssuer(Now.AddSeconds(left)).Awaiting(it => it.PresignAsync(new PutUrlRequest { Key = "a" }).AsTask())
            .Should().ThrowAsync<InvalidOperationException>()).WithMessage("The credentials have expired or expire*Refresh them.");

    [Fact]
    public void GetLifetime_CredentialExpiry_IsTheUpperLimit()
    {
        var credentials = new SigningCredentials("AK", "SK", null, TestIssuer.Start.AddSeconds(30));

        PresignLifetime.Limit(TimeSpan.FromSeconds(20), credentials, TestIssuer.Start).Should().Be(TimeSpan.FromSeconds(20));
        PresignLifetime.Limit(TimeSpan.FromSeconds(40), credentials, TestIssuer.Start).Should().Be(TimeSpan.FromSeconds(30));
        PresignLifetime.Limit(null, credentials with { ExpiresAt = null }, TestIssuer.Start).Should().Be(TimeSpan.FromMinutes(15));
    }

    private static PresignedUploadIssuer CreateIssuer(DateTimeOffset expiresAt) =>
        new TestIssuer { Clock = new(Now), RegisteredCredentials = new RotatingCredentials { ExpiresAt = expiresAt } }.Build();
}
