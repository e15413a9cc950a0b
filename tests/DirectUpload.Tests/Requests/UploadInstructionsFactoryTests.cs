using DirectUpload.Requests;
using DirectUpload.Stores;
using DirectUpload.Tests.Fixtures;
using DirectUpload.Tests.Presigning;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.Tests.Requests;

/// <summary>A profile that promises more than the credentials can keep.</summary>
public sealed class UploadInstructionsFactoryTests
{
    private static readonly DateTimeOffset Now = TestIssuer.Start;

    private readonly CapturedLog<UploadInstructionsFactory> _log = new();

    [Theory]
    [InlineData(UploadMethod.Put)]
    [InlineData(UploadMethod.Post)]
    public async Task Issue_CredentialsExpireFirst_ShortensAndWarnsOnce(UploadMethod method)
    {
        var issuer = CreateFactory(Now.AddMinutes(5));
        foreach (var name in new[] { "one", "two", "one", "two" })
        {
            var granted = await issuer.CreateAsync(
                Record, new UploadProfile { Name = name, UploadMethod = method, UploadUrlLifetime = TimeSpan.FromMinutes(15) }, Now,
                default);
            granted.ExpiresAt.Should().Be(Now.AddMinutes(5));
        }

        _log.Lines.Should().HaveCount(2).And.OnlyContain(line => line.StartsWith("Warning: Profile ", StringComparison.Ordinal));
        _log.Lines.First().Should().Contain("Profile one grants 00:15:00").And.Contain("presigned URLs are valid for less");
    }

    [Fact]
    public async Task Issue_CredentialsOutliveTheGrant_LogsNothing()
    {
        await CreateFactory(Now.AddMinutes(15))
            .CreateAsync(Record, new UploadProfile { Name = "one", UploadUrlLifetime = TimeSpan.FromMinutes(15) }, Now, default);

        _log.Lines.Should().BeEmpty();
    }

    private static UploadRecord Record { get; } = new()
    {
        Id = UploadId.Create(Now),
        Profile = "one",
        FileName = "a.txt",
        ContentType = "text/plain",
        DeclaredSize = 5,
        Bucket = "examplebucket",
        StagingKey = "staging/a.txt",
        FinalKey = "a.txt",
        Status = UploadStatus.Requested,
        WriteTokenHash = UploadToken.Create().Hash(),
        ReadTokenHash = UploadToken.Create().Hash(),
        CreatedAt = Now,
        UpdatedAt = Now,
        GrantExpiresAt = Now,
    };

    private UploadInstructionsFactory CreateFactory(DateTimeOffset end)
    {
        var clock = new FakeTimeProvider(Now);
        var credentials = new CountingCredentials { ExpiresAt = end };
        var issuer = new TestIssuer { Clock = clock, RegisteredCredentials = credentials }.Build();
        return new(issuer, new PartSigner(issuer), _log);
    }
}
