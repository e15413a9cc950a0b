using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.AspNetCore.Tests.Flows;

public sealed class ExpiredUploadTests(LocalS3Fixture server) : IClassFixture<LocalS3Fixture>
{
    [Fact]
    public async Task Confirm_NeverSent_IsExpired()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var app = await UploadApp.StartAsync(
            server.S3, server.Bucket, new TestHostOptions { Services = services => services.AddSingleton<TimeProvider>(clock) });
        var grant = await app.Client.GrantAsync();
        clock.Advance(TimeSpan.FromMinutes(15) - TimeSpan.FromSeconds(1));
        (await app.Client.ConfirmAsync(grant)).ShouldBeProblem(409, "not-uploaded");

        clock.Advance(TimeSpan.FromSeconds(1));
        (await app.Client.ConfirmAsync(grant)).ShouldBeProblem(410, "expired");
        (await app.Client.ConfirmAsync(grant)).ShouldBeProblem(410, "expired");
        (await app.Client.StatusAsync(grant))["status"].Should().Be("expired");
        (await app.Client.ContentAsync(grant)).ShouldBeProblem(410, "expired");
        (await app.Client.DeleteAsync(grant)).ShouldBe(204);
        (await app.Client.StatusAsync(grant))["status"].Should().Be("expired", "what has ended stays as it is");
    }

    [Fact]
    public async Task Confirm_LateButSentInTime_Succeeds()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var app = await UploadApp.StartAsync(
            server.S3, server.Bucket, new TestHostOptions { Services = services => services.AddSingleton<TimeProvider>(clock) });
        var grant = await app.Client.GrantAsync();
        (await new StorageClient(server.Http).UploadAsync(grant, TestFiles.Png())).ShouldBe(200);
        clock.Advance(TimeSpan.FromHours(3));
        (await app.Client.ConfirmAsync(grant)).ShouldBe(200)["status"].Should().Be("ready");
    }
}
