namespace DirectUpload.S3Conformance.Suites;

/// <summary>A URL works from its date on and until it has expired.</summary>
public abstract class PresignedLifetimes(S3ServerFixture server) : ConformanceSuite(server)
{
    [Fact]
    public async Task An_expired_put_is_refused() => Expect(await SendAndRead(Ago(901).Presign(Put(), 900)), "403 AccessDenied, nothing");

    [Fact]
    public async Task A_put_in_its_last_minute_is_accepted() => Expect(await SendAndRead(Ago(840).Presign(Put(), 900)), "200, hello");

    [Fact]
    public async Task An_old_but_unexpired_put_is_accepted() =>
        Expect(await SendAndRead(Ago(3 * 86400).Presign(Put(), 4 * 86400)), "200, hello");

    [Fact]
    public async Task An_expired_get_is_refused()
    {
        await Store();
        Expect($"{await Send(Ago(61).Presign(Get(), 60))}", "403 AccessDenied");
    }

    [Fact]
    public async Task A_URL_stops_working_when_it_expires()
    {
        var url = Ago(55).Presign(Put(), 60);
        var before = await SendAndRead(url);
        await Task.Delay(TimeSpan.FromSeconds(6), TestContext.Current.CancellationToken);
        Expect($"{before}, then {await Send(url.WithBody("late"))}", "200, hello, then 403 AccessDenied");
    }

    [Fact]
    public async Task A_date_in_the_future_is_refused() =>
        Expect(
            await SendAndRead((Signer with { SignedAt = DateTimeOffset.UtcNow.AddHours(1) }).Presign(Put())), "403 AccessDenied, nothing");

    [Fact]
    public async Task A_date_within_the_allowed_skew_is_accepted() =>
        Expect(await SendAndRead((Signer with { SignedAt = DateTimeOffset.UtcNow.AddMinutes(5) }).Presign(Put())), "200, hello");

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(604801)]
    public async Task A_lifetime_out_of_bounds_is_refused(long seconds) =>
        Expect(await SendRefused(Signer.Presign(Put(), seconds)), "refused, nothing", of: $"{seconds}");

    [Fact]
    public async Task A_lifetime_that_is_not_a_number_is_refused() =>
        Expect(await SendRefused(Signer.Presign(Put()).WithQuery("X-Amz-Expires", "soon")), "refused, nothing");

    private TestSigner Ago(int seconds) => Signer with { SignedAt = DateTimeOffset.UtcNow.AddSeconds(-seconds) };
}
