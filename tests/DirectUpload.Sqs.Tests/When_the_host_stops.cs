using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Sqs.Tests;

public sealed class When_the_host_stops(LocalS3Fixture storage) : IClassFixture<LocalS3Fixture>
{
    [Fact]
    public async Task What_is_worked_on_may_end_and_is_deleted()
    {
        await using var site = new Site(storage);
        var queue = await site.NewQueueAsync();
        var uploads = await site.UploadAsync(3);
        await site.SendAsync(queue, uploads.Select(Message.Of));
        var released = new TaskCompletionSource();
        site.Store.BeforeFind = (_, stop) => released.Task.WaitAsync(stop);
        var wire = new Wire();
        var host = await site.StartAsync(queue, options => options.Parallelism = 3, wire);
        var health = host.Services.GetRequiredService<SqsEventsHealth>();
        await Site.UntilAsync(() => health.InFlight == 3, "all are worked on");

        var stopping = host.StopAsync();
        await Site.UntilAsync(() => !health.IsReceiving, "no more is received");
        var receives = wire.Count("ReceiveMessage");
        var late = await site.UploadAsync();
        await site.SendAsync(queue, Message.Of(late));
        stopping.IsCompleted.Should().BeFalse();
        released.SetResult();
        await stopping;

        (await site.CountAsync(queue)).Should().Be((1, 0));
        wire.Count("ReceiveMessage").Should().Be(receives);
        site.Log.Count(3).Should().Be(3);
        health.InFlight.Should().Be(0);
        (await site.NowAsync(late)).Status.Should().Be(UploadStatus.Requested);
        site.Log.Ours.Single(entry => entry.Id == 2).Text.Should().Contain(" 0 messages were given back");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_hangs_is_visible_to_others_at_once(bool canBeInterrupted)
    {
        await using var site = new Site(storage);
        var queue = await site.NewQueueAsync();
        var uploads = await site.UploadAsync(12);
        await site.SendAsync(queue, uploads.Select(Message.Of));
        var released = new TaskCompletionSource();
        site.Store.BeforeFind = (_, stop) => canBeInterrupted ? released.Task.WaitAsync(stop) : released.Task;
        var host = await site.StartAsync(queue, options => (options.Parallelism, options.VisibilityTimeout) = (12, TimeSpan.FromHours(1)), shutdown: TimeSpan.FromSeconds(1));
        var health = host.Services.GetRequiredService<SqsEventsHealth>();
        await Site.UntilAsync(() => health.InFlight == 12, "all are worked on");

        var took = Stopwatch.StartNew();
        await host.StopAsync();

        took.Elapsed.TotalSeconds.Should().BeInRange(0.9, 8);
        (await site.CountAsync(queue)).Should().Be((12, 0));
        site.Log.Count(7).Should().Be(0, "that is no outage");
        site.Log.Ours.Single(entry => entry.Id == 2).Text.Should().Contain(" 12 messages were given back");
        released.SetResult();
        await site.StartAsync(queue);
        foreach (var upload in uploads)
            await site.ReadyAsync(upload);
        await site.EmptyAsync(queue);
    }

    [Fact]
    public async Task What_is_just_being_hidden_for_longer_is_visible_all_the_same()
    {
        await using var site = new Site(storage);
        var queue = await site.NewQueueAsync();
        await site.SendAsync(queue, Message.Of(await site.UploadAsync()));
        site.Store.BeforeFind = (_, stop) => Task.Delay(Timeout.Infinite, stop);
        var wire = new Wire();
        wire.Before = operation => operation == "ChangeMessageVisibilityBatch" && wire.Count(operation) == 1 ? Task.Delay(1500) : Task.CompletedTask;
        var host = await site.StartAsync(queue, options => options.VisibilityTimeout = TimeSpan.FromSeconds(3), wire, shutdown: TimeSpan.FromSeconds(0.5));
        await Site.UntilAsync(() => wire.Count("ChangeMessageVisibilityBatch") == 1, "it is being hidden for longer");

        await host.StopAsync();

        (await site.CountAsync(queue)).Should().Be((1, 0));
        wire.Requests.Last(request => request.Operation == "ChangeMessageVisibilityBatch").Body.Should().Contain("\"VisibilityTimeout\":0");
        site.Log.Count(7).Should().Be(0);
    }

    [Fact]
    public async Task An_idle_receiver_ends_at_once()
    {
        await using var site = new Site(storage);
        var queue = await site.NewQueueAsync();
        var host = await site.StartAsync(queue, options => options.Wait = TimeSpan.FromSeconds(20));
        await Task.Delay(300);

        var took = Stopwatch.StartNew();
        await host.StopAsync();

        took.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(5));
    }
}
