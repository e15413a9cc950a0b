using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Sqs.Tests;

public sealed class At_once(LocalS3Fixture storage) : IClassFixture<LocalS3Fixture>
{
    private static readonly Random Chance = new(20260301);

    [Fact]
    public async Task Two_hundred_messages_are_worked_on_four_by_four()
    {
        await using var site = new Site(storage);
        var queue = await site.NewQueueAsync();
        var uploads = await site.UploadAsync(200);
        await site.SendAsync(queue, uploads.Select(Message.Of));
        site.Store.BeforeFind = (_, stop) => Task.Delay(5, stop);
        var host = await site.StartAsync(queue, options => options.Parallelism = 4);
        var health = host.Services.GetRequiredService<SqsEventsHealth>();

        var mostHeld = 0;
        await Site.UntilAsync(async () =>
        {
            var (visible, held) = await site.CountAsync(queue);
            mostHeld = Math.Max(mostHeld, Math.Max(held, health.InFlight));
            return (visible, held) == (0, 0);
        }, "the queue is empty");

        site.Store.MostAsking.Should().Be(4);
        mostHeld.Should().BeInRange(1, 4);
        await Site.UntilAsync(() => health.InFlight == 0, "nothing is held");
        foreach (var upload in uploads)
            (await site.NowAsync(upload)).Status.Should().Be(UploadStatus.Ready);
    }

    [Fact]
    public async Task Ten_times_each_event_of_two_hundred_uploads_in_any_order_on_two_hosts_change_nothing()
    {
        await using var site = new Site(storage);
        var queue = await site.NewQueueAsync();
        var uploads = await site.UploadAsync(200);
        var bodies = uploads.SelectMany(upload => Enumerable.Repeat(Message.Of(upload), 10)).ToArray();
        Chance.Shuffle(bodies);
        await site.SendAsync(queue, bodies);

        await site.StartAsync(queue);
        await site.StartAsync(queue);
        foreach (var upload in uploads)
            await site.ReadyAsync(upload);
        var ready = await AllAsync();
        await site.EmptyAsync(queue);

        (await AllAsync()).Should().Equal(ready);
        site.Log.All.Where(entry => entry.Category.StartsWith("DirectUpload", StringComparison.Ordinal) && entry.Text.Contains(" ready at ", StringComparison.Ordinal)).Should().HaveCount(200);
        site.Log.Count(3).Should().Be(2000);
        site.Log.Count(7).Should().Be(0);

        async Task<List<UploadRecord>> AllAsync()
        {
            var all = new List<UploadRecord>();
            foreach (var upload in uploads)
                all.Add(await site.NowAsync(upload));
            return all;
        }
    }

    [Fact]
    public async Task Two_queues_are_received_from_side_by_side()
    {
        await using var site = new Site(storage);
        string[] queues = [await site.NewQueueAsync(), await site.NewQueueAsync()];
        var uploads = await site.UploadAsync(2);
        var host = await site.StartAsync(queues);

        for (var at = 0; at < 2; at++)
            await site.SendAsync(queues[at], Message.Of(uploads[at]));

        for (var at = 0; at < 2; at++)
        {
            await site.ReadyAsync(uploads[at]);
            await site.EmptyAsync(queues[at]);
            host.Services.GetRequiredKeyedService<SqsEventsHealth>(queues[at]).LastReceivedAt.Should().NotBeNull();
        }

        host.Services.GetServices<SqsEventsHealth>().Select(health => health.QueueUrl).Should().BeEquivalentTo(queues);
    }
}
