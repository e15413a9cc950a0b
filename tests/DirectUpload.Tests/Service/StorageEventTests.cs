using System.Text;
using DirectUpload.Tests.Events;
using DirectUpload.Uploads;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Tests.Service;

public sealed class StorageEventTests
{
    [Fact]
    public async Task An_event_confirms_as_the_client_would()
    {
        await using var host = new UploadHost();
        var grant = await host.UploadAsync();

        (await HandleAsync(host, EventOf(grant))).Should().Be(new StorageEventOutcome(1, 0, null));

        (await host.StatusOf(grant)).Should().Be(UploadStatus.Ready);
    }

    [Fact]
    public async Task Doubled_and_late_events_change_nothing()
    {
        await using var host = new UploadHost();
        var grant = await host.UploadAsync();
        await HandleAsync(host, EventOf(grant));
        var ready = await host.Store.FindAsync(grant.Record.Id);

        for (var again = 0; again < 10; again++)
            (await HandleAsync(host, EventOf(grant))).Should().Be(new StorageEventOutcome(0, 1, null));

        (await host.Store.FindAsync(grant.Record.Id)).Should().Be(ready);
    }

    [Fact]
    public async Task An_event_of_what_is_not_there_is_no_proof()
    {
        await using var host = new UploadHost();
        var grant = await host.GrantAsync();

        (await HandleAsync(host, EventOf(grant))).Should().Be(new StorageEventOutcome(0, 1, null));

        (await host.StatusOf(grant)).Should().Be(UploadStatus.Requested);
    }

    [Fact]
    public async Task Its_size_is_not_believed()
    {
        await using var host = new UploadHost();
        var grant = await host.GrantAsync();
        host.Bucket.Put(grant.Record.StagingKey, "longer than was promised");

        (await HandleAsync(host, EventOf(grant))).Confirmed.Should().Be(1);

        (await host.StatusOf(grant)).Should().Be(UploadStatus.Rejected);
    }

    [Theory]
    [InlineData("another-bucket", "{key}")]
    [InlineData("examplebucket", "{key}.bak")]
    [InlineData("examplebucket", "elsewhere/{key}")]
    [InlineData("examplebucket", "staging/notes/nobody.txt")]
    public async Task What_is_of_no_upload_is_ignored_quietly(string bucket, string key)
    {
        await using var host = new UploadHost();
        var grant = await host.UploadAsync();

        var outcome = await HandleAsync(host, Messages.S3(key.Replace("{key}", grant.Record.StagingKey, StringComparison.Ordinal), bucket));

        outcome.Should().Be(new StorageEventOutcome(0, 1, null));
        (await host.StatusOf(grant)).Should().Be(UploadStatus.Requested);
    }

    [Fact]
    public async Task A_removal_confirms_nothing()
    {
        await using var host = new UploadHost();
        var grant = await host.UploadAsync();

        (await HandleAsync(host, Messages.S3(grant.Record.StagingKey, "examplebucket", "ObjectRemoved:Delete"))).Ignored.Should().Be(1);

        (await host.StatusOf(grant)).Should().Be(UploadStatus.Requested);
    }

    [Fact]
    public async Task What_can_not_be_read_is_said_and_nothing_is_done()
    {
        await using var host = new UploadHost();

        (await HandleAsync(host, "no JSON")).Fault.Should().NotBeNull();
    }

    [Fact]
    public async Task An_outage_is_no_answer_so_that_the_message_comes_again()
    {
        await using var host = new UploadHost();
        var grant = await host.UploadAsync();
        host.Bucket.Fail(BucketVerb.Head);

        await FluentActions.Awaiting(() => HandleAsync(host, EventOf(grant))).Should().ThrowAsync<Exception>();
        host.Bucket.Heal();

        (await HandleAsync(host, EventOf(grant))).Confirmed.Should().Be(1);
    }

    private static string EventOf(UploadGrant grant) => Messages.S3(grant.Record.StagingKey, "examplebucket");

    private static Task<StorageEventOutcome> HandleAsync(UploadHost host, string message) =>
        host.Services.GetRequiredService<StorageEventIntake>().HandleAsync(Encoding.UTF8.GetBytes(message));
}
