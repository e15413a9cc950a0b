using DirectUpload.Stores;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Sqs.Tests;

public sealed class QueueReceiverConcurrencyTests(LocalS3Fixture storage) : IClassFixture<LocalS3Fixture>
{
    private static readonly Random Shuffler = new(20260301);

    [Fact]
    public async Task Receive_Parallelism_LimitsMessagesInFlight()
    {
        await using var site = new TestApplication(storage);
        var queue = await site.CreateQueueAsync();
        var uploads = await site.UploadAsync(200);
        await site.SendAsync(queue, uploads.Select(TestMessages.CreateS3Event));
        site.Store.BeforeFind = (_, stop) => Task.Delay(5, stop);
        var host = await site.StartAsync(queue, options => options.Parallelism = 4);
        var health = host.Services.GetRequiredService<SqsQueueHealth>();

        var mostHeld = 0;
        await TestApplication.WaitUntilAsync(async () =>
        {
            var (visible, held) = await site.CountMessagesAsync(queue);
            mostHeld = Math.Max(mostHeld, Math.Max(held, health.InFlight));
            return (visible, held) == (0, 0);
        }, "the queue is empty");

        site.Store.MaxConcurrentFinds.Should().Be(4);
        mostHeld.Should().BeInRange(1, 4);
        await TestApplication.WaitUntilAsync(() => health.InFlight == 0, "nothing is held");
        foreach (var upload in uploads)
            (await site.GetCurrentAsync(upload)).Status.Should().Be(UploadStatus.Ready);
    }

    [Fact]
    public async Task Receive_DuplicateEventsOnTwoHosts_ChangeNothing()
    {
        await using var site = new TestApplication(storage);
        var queue = await site.CreateQueueAsync();
        var uploads = await site.UploadAsync(200);
        var bodies = uploads.SelectMany(upload => Enumerable.Repeat(TestMessages.CreateS3Event(upload), 10)).ToArray();
        Shuffler.Shuffle(bodies);
        await site.SendAsync(queue, bodies);

        await site.StartAsync(queue);
        await site.StartAsync(queue);
        foreach (var upload in uploads)
            await site.WaitUntilReadyAsync(upload);
        var ready = await AllAsync();
        await site.WaitUntilEmptyAsync(queue);

        (await AllAsync()).Should().Equal(ready);
        site.Log.All.Where(entry => entry.Category.StartsWith("DirectUpload", StringComparison.Ordinal)
            && entry.Text.Contains(" ready at ", StringComparison.Ordinal)).Should().HaveCount(200);
        site.Log.Count(3).Should().Be(2000);
        site.Log.Count(7).Should().Be(0);

        async Task<List<UploadRecord>> AllAsync()
        {
            var all = new List<UploadRecord>();
            foreach (var upload in uploads)
                all.Add(await site.GetCurrentAsync(upload));
            return all;
        }
    }

    [Fact]
    public async Task Receive_TwoQueues_AreBothReceived()
    {
        await using var site = new TestApplication(storage);
        string[] queues = [await site.CreateQueueAsync(), await site.CreateQueueAsync()];
        var uploads = await site.UploadAsync(2);
        var host = await site.StartAsync(queues);

        for (var at = 0; at < 2; at++)
            await site.SendAsync(queues[at], TestMessages.CreateS3Event(uploads[at]));

        for (var at = 0; at < 2; at++)
        {
            await site.WaitUntilReadyAsync(uploads[at]);
            await site.WaitUntilEmptyAsync(queues[at]);
            host.Services.GetRequiredKeyedService<SqsQueueHealth>(queues[at]).LastReceivedAt.Should().NotBeNull();
        }

        host.Services.GetServices<SqsQueueHealth>().Select(health => health.QueueUrl).Should().BeEquivalentTo(queues);
    }
}
