using System.Net;
using Amazon.S3;
using DirectUpload.LocalS3.Protocol;
using DirectUpload.LocalS3.Signing;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.LocalS3.Tests.Signing;

public class SessionStoreTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2030, 1, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void An_expired_session_returns_ExpiredToken()
    {
        var sessions = new SessionStore(_clock);
        var session = sessions.Issue(TimeSpan.FromMinutes(1));
        session.Expiration.Should().Be(_clock.GetUtcNow().AddMinutes(1));
        _clock.Advance(TimeSpan.FromSeconds(59));
        sessions.GetSecret(session.AccessKey, session.SessionToken).Should().Be(session.SecretKey);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Refusal(() => sessions.GetSecret(session.AccessKey, session.SessionToken)).Should().Be((400, "ExpiredToken"));
    }

    [Fact]
    public void An_old_expired_session_is_removed()
    {
        var sessions = new SessionStore(_clock);
        var old = sessions.Issue(TimeSpan.FromMinutes(1));
        _clock.Advance(TimeSpan.FromDays(2));
        sessions.Issue(TimeSpan.FromMinutes(1));
        Refusal(() => sessions.GetSecret(old.AccessKey, old.SessionToken)).Should().Be((403, "InvalidAccessKeyId"));
    }

    [Fact]
    public void A_session_needs_its_own_token()
    {
        var sessions = new SessionStore(_clock);
        var (one, other) = (sessions.Issue(TimeSpan.FromHours(1)), sessions.Issue(TimeSpan.FromHours(1)));
        Refusal(() => sessions.GetSecret(one.AccessKey, null)).Should().Be((403, "InvalidAccessKeyId"));
        Refusal(() => sessions.GetSecret(one.AccessKey, other.SessionToken)).Should().Be((400, "InvalidToken"));
        Refusal(() => sessions.GetSecret(one.AccessKey, one.SessionToken + "=")).Should().Be((400, "InvalidToken"));
    }

    [Fact]
    public async Task A_presigned_URL_expires_with_its_session()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow()); // the SDK signs by the real one
        await using var server = await LocalS3TestServer.StartAsync(clock);
        var session = server.Server.IssueSession(TimeSpan.FromMinutes(30));
        using var s3 = new AmazonS3Client(session.AccessKey, session.SecretKey, session.SessionToken, new AmazonS3Config
        {
            ServiceURL = server.Endpoint.ToString(),
            ForcePathStyle = true,
            AuthenticationRegion = "us-east-1",
        });
        var url = s3.GetPreSignedURL(new()
        {
            BucketName = "uploads",
            Key = "a",
            Verb = HttpVerb.PUT,
            Protocol = Amazon.S3.Protocol.HTTP,
            Expires = clock.GetUtcNow().UtcDateTime.AddHours(2),
        });
        (await server.Http.PutAsync(url, new ByteArrayContent([]))).StatusCode.Should().Be(HttpStatusCode.OK);
        clock.Advance(TimeSpan.FromMinutes(31));
        using var late = await server.Http.PutAsync(url, new ByteArrayContent([]));
        (late.StatusCode, await late.Content.ReadAsStringAsync()).Should()
            .Match<(HttpStatusCode Status, string Text)>(a => (int)a.Status == 400 && a.Text.Contains("ExpiredToken"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(37 * 60)]
    public async Task A_session_lifetime_is_positive_and_at_most_36_hours(int minutes)
    {
        await using var server = await LocalS3TestServer.StartAsync(_clock);
        server.Invoking(s => s.Server.IssueSession(TimeSpan.FromMinutes(minutes))).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void ToString_does_not_contain_secrets()
    {
        var session = new SessionStore(_clock).Issue(TimeSpan.FromHours(1));
        session.ToString().Should().Contain(session.AccessKey).And.NotContain(session.SecretKey).And.NotContain(session.SessionToken);
    }

    private static (int, string) Refusal(Action action)
    {
        var refusal = action.Should().Throw<S3Exception>().Which;
        return (refusal.Status, refusal.Code);
    }
}
