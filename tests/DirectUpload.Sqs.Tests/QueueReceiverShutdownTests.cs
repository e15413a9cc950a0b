using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Sqs.Tests;

public sealed class QueueReceiverShutdownTests(LocalS3Fixture storage) : IClassFixture<LocalS3Fixture>
{
    [Fact]
    public async Task Stop_MessagesInFlight_FinishAndAreDeleted()
    {
        await using var site = new TestApplication(storage);
        var queue = await site.CreateQueueAsync();
        var uploads = await site.UploadAsync(3);
        await site.SendAsync(queue, uploads.Select(TestMessages.CreateS3Event));
        var released = new TaskCompletionSource();
        site.Store.BeforeFind = (_, stop) => released.Task.WaitAsync(stop);
        var wire = new InterceptingHandler();
        var host = await site.StartAsync(queue, options => options.Parallelism = 3, wire);
        var health = host.Services.GetRequiredService<SqsQueueHealth>();
        await TestApplication.WaitUntilAsync(() => health.InFlight == 3, "all are worked on");

        var stopping = host.StopAsync();
        await TestApplication.WaitUntilAsync(() => !health.IsReceiving, "no more is received");
        var receives = wire.Count("ReceiveMessage");
        var late = await site.UploadAsync();
        await site.SendAsync(queue, TestMessages.CreateS3Event(late));
        stopping.IsCompleted.Should().BeFalse();
        released.SetResult();
        await stopping;

        (await site.CountMessagesAsync(queue)).Should().Be((1, 0));
        wire.Count("ReceiveMessage").Should().Be(receives);
        site.Log.Count(3).Should().Be(3);
        health.InFlight.Should().Be(0);
        (await site.GetCurrentAsync(late)).Status.Should().Be(UploadStatus.Requested);
        site.Log.SqsEntries.Single(entry => entry.Id == 2).Text.Should().Contain(" 0 unhandled messages were released");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stop_HangingMessages_AreReleasedAtOnce(bool canBeInterrupted)
    {
        await using var site = new TestApplication(storage);
        var queue = await site.CreateQueueAsync();
        var uploads = await site.UploadAsync(12);
        await site.SendAsync(queue, uploads.Select(TestMessages.CreateS3Event));
        var released = new TaskCompletionSource();
        site.Store.BeforeFind = (_, stop) => canBeInterrupted ? released.Task.WaitAsync(stop) : released.Task;
        var host = await site.StartAsync(
            queue, options => (options.Parallelism, options.VisibilityTimeout) = (12, TimeSpan.FromHours(1)),
            shutdown: TimeSpan.FromSeconds(1));
        var health = host.Services.GetRequiredService<SqsQueueHealth>();
        await TestApplication.WaitUntilAsync(() => health.InFlight == 12, "all are worked on");

        var took = Stopwatch.StartNew();
        await host.StopAsync();

        took.Elapsed.TotalSeconds.Should().BeInRange(0.9, 8);
        (await site.CountMessagesAsync(queue)).Should().Be((12, 0));
        site.Log.Count(7).Should().Be(0, "that is no outage");
        site.Log.SqsEntries.Single(entry => entry.Id == 2).Text.Should().Contain(" 12 unhandled messages were released");
        released.SetResult();
        await site.StartAsync(queue);
        foreach (var upload in uploads)
            await site.WaitUntilReadyAsync(upload);
        await site.WaitUntilEmptyAsync(queue);
    }

    [Fact]
    public async Task Stop_DuringVisibilityExtension_ReleasesTheMessage()
    {
        await using var site = new TestApplication(storage);
        var queue = await site.CreateQueueAsync();
        await site.SendAsync(queue, TestMessages.CreateS3Event(await site.UploadAsync()));
        site.Store.BeforeFind = (_, stop) => Task.Delay(Timeout.Infinite, stop);
        var wire = new InterceptingHandler();
        wire.OnSending = operation => operation == "ChangeMessageVisibilityBatch" && wire.Count(operation) == 1
            ? Task.Delay(1500)
            : Task.CompletedTask;
        var host = await site.StartAsync(
            queue, options => options.VisibilityTimeout = TimeSpan.FromSeconds(3), wire, shutdown: TimeSpan.FromSeconds(0.5));
        await TestApplication.WaitUntilAsync(() => wire.Count("ChangeMessageVisibilityBatch") == 1, "it is being hidden for longer");

        await host.StopAsync();

        (await site.CountMessagesAsync(queue)).Should().Be((1, 0));
        wire.Requests.Last(request => request.Operation == "ChangeMessageVisibilityBatch").Body.Should().Contain("\"VisibilityTimeout\":0");
        site.Log.Count(7).Should().Be(0);
    }

    [Fact]
    public async Task Stop_IdleReceiver_EndsAtOnce()
    {
        await using var site = new TestApplication(storage);
        var queue = await site.CreateQueueAsync();
        var host = await site.StartAsync(queue, options => options.WaitTime = TimeSpan.FromSeconds(20));
        await Task.Delay(300);

        var took = Stopwatch.StartNew();
        await host.StopAsync();

        took.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(5));
    }
}
