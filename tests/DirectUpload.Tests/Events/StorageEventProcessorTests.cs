using System.Text;
using DirectUpload.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Tests.Events;

public sealed class StorageEventProcessorTests
{
    [Fact]
    public async Task Process_ObjectCreated_Confirms()
    {
        await using var host = new UploadHost();
        var grant = await host.UploadAsync();

        (await HandleAsync(host, CreateEvent(grant))).Value.Should().Be(1);

        (await host.GetStatusAsync(grant)).Should().Be(UploadStatus.Ready);
    }

    [Fact]
    public async Task Process_DuplicateOrLate_ChangesNothing()
    {
        await using var host = new UploadHost();
        var grant = await host.UploadAsync();
        await HandleAsync(host, CreateEvent(grant));
        var ready = await host.Store.FindAsync(grant.Record.Id);

        for (var again = 0; again < 10; again++)
            (await HandleAsync(host, CreateEvent(grant))).Value.Should().Be(0);

        (await host.Store.FindAsync(grant.Record.Id)).Should().Be(ready);
    }

    [Fact]
    public async Task Process_ObjectMissing_ConfirmsNothing()
    {
        await using var host = new UploadHost();
        var grant = await host.GrantAsync();

        (await HandleAsync(host, CreateEvent(grant))).Value.Should().Be(0);

        (await host.GetStatusAsync(grant)).Should().Be(UploadStatus.Requested);
    }

    [Fact]
    public async Task Process_WrongObject_VerifiesTheObjectItself()
    {
        await using var host = new UploadHost();
        var grant = await host.GrantAsync();
        host.Bucket.Put(grant.Record.StagingKey, "longer than was promised");

        (await HandleAsync(host, CreateEvent(grant))).Value.Should().Be(1);

        (await host.GetStatusAsync(grant)).Should().Be(UploadStatus.Rejected);
    }

    [Theory]
    [InlineData("another-bucket", "{key}")]
    [InlineData("examplebucket", "{key}.bak")]
    [InlineData("examplebucket", "elsewhere/{key}")]
    [InlineData("examplebucket", "staging/notes/nobody.txt")]
    public async Task Process_UnknownObject_IsIgnored(string bucket, string key)
    {
        await using var host = new UploadHost();
        var grant = await host.UploadAsync();

        var outcome = await HandleAsync(
            host, StorageEventMessages.S3(key.Replace("{key}", grant.Record.StagingKey, StringComparison.Ordinal), bucket));

        outcome.Value.Should().Be(0);
        (await host.GetStatusAsync(grant)).Should().Be(UploadStatus.Requested);
    }

    [Fact]
    public async Task Process_ObjectRemoved_ConfirmsNothing()
    {
        await using var host = new UploadHost();
        var grant = await host.UploadAsync();

        (await HandleAsync(host, StorageEventMessages.S3(grant.Record.StagingKey, "examplebucket", "ObjectRemoved:Delete"))).Value
            .Should().Be(0);

        (await host.GetStatusAsync(grant)).Should().Be(UploadStatus.Requested);
    }

    [Fact]
    public async Task Process_UnreadableMessage_ReturnsAnError()
    {
        await using var host = new UploadHost();

        (await HandleAsync(host, "no JSON")).Error.Should().NotBeNull();
    }

    [Fact]
    public async Task Process_StorageUnavailable_ThrowsForRedelivery()
    {
        await using var host = new UploadHost();
        var grant = await host.UploadAsync();
        host.Bucket.Fail(BucketOperation.Head, BucketOperation.Copy);

        await FluentActions.Awaiting(() => HandleAsync(host, CreateEvent(grant))).Should().ThrowAsync<Exception>();
        host.Bucket.StopFailing();

        (await HandleAsync(host, CreateEvent(grant))).Value.Should().Be(1);
    }

    private static string CreateEvent(UploadGrant grant) => StorageEventMessages.S3(grant.Record.StagingKey, "examplebucket");

    private static Task<UploadResult<int>> HandleAsync(UploadHost host, string message) =>
        host.Services.GetRequiredService<StorageEventProcessor>().ProcessAsync(Encoding.UTF8.GetBytes(message));
}
