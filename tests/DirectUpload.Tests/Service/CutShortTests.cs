using DirectUpload.Profiles;
using DirectUpload.Tests.Signing;
using DirectUpload.Uploads;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.Tests.Service;

/// <summary>A profile that promises more than the credentials can keep.</summary>
public sealed class CutShortTests
{
    private static readonly DateTimeOffset Now = TestIssuer.Start;

    private readonly LogLines<UploadInstructionsIssuer> _log = new();

    [Theory]
    [InlineData(UploadMethod.Put)]
    [InlineData(UploadMethod.Post)]
    public async Task The_grant_says_its_true_end_and_the_log_says_why_once_a_profile(UploadMethod method)
    {
        var issuer = Over(Now.AddMinutes(5));
        foreach (var name in new[] { "one", "two", "one", "two" })
        {
            var granted = await issuer.IssueAsync(Record, new UploadProfile { Name = name, Method = method, Lifetime = TimeSpan.FromMinutes(15) }, default);
            granted.ExpiresAt.Should().Be(Now.AddMinutes(5));
        }

        _log.Lines.Should().HaveCount(2).And.OnlyContain(line => line.StartsWith("Warning: Profile ", StringComparison.Ordinal));
        _log.Lines.First().Should().Contain("Profile one grants 00:15:00").And.Contain("cut short");
    }

    [Fact]
    public async Task Nothing_is_said_of_a_profile_that_keeps_its_word()
    {
        await Over(Now.AddMinutes(15)).IssueAsync(Record, new UploadProfile { Name = "one", Lifetime = TimeSpan.FromMinutes(15) }, default);

        _log.Lines.Should().BeEmpty();
    }

    private static UploadRecord Record { get; } = new()
    {
        Id = UploadId.New(Now),
        Profile = "one",
        FileName = "a.txt",
        ContentType = "text/plain",
        ClaimedSize = 5,
        Bucket = "examplebucket",
        StagingKey = "staging/a.txt",
        FinalKey = "a.txt",
        Status = UploadStatus.Requested,
        WriteTokenHash = UploadToken.New().Hash(),
        ReadTokenHash = UploadToken.New().Hash(),
        Audit = new UploadAudit(),
        CreatedAt = Now,
        UpdatedAt = Now,
        GrantExpiresAt = Now,
    };

    private UploadInstructionsIssuer Over(DateTimeOffset end)
    {
        var clock = new FakeTimeProvider(Now);
        var credentials = new CountedCredentials { End = end };
        var issuer = new TestIssuer { Clock = clock, Registered = credentials }.Build();
        return new(issuer, new PartSigner(issuer, clock), clock, _log);
    }
}
