namespace DirectUpload.Sqs.Tests;

public sealed class QueueReceiverVisibilityTests(LocalS3Fixture storage) : IClassFixture<LocalS3Fixture>
{
    [Fact]
    public async Task Extend_SlowHandling_HandlesEachMessageOnce()
    {
        await using var site = new TestApplication(storage);
        var queue = await site.CreateQueueAsync();
        var uploads = await site.UploadAsync(12);
        await site.SendAsync(queue, uploads.Select(TestMessages.CreateS3Event));
        var handled = 0;
        site.Store.BeforeFind = async (_, stop) =>
        {
            if (Interlocked.Increment(ref handled) <= 12)
                await Task.Delay(TimeSpan.FromSeconds(7), stop);
        };
        // Either receiver may take all messages.
        InterceptingHandler[] wires = [new(), new()];

        foreach (var wire in wires)
            await site.StartAsync(queue, Hidden, wire);

        foreach (var upload in uploads)
            await site.WaitUntilReadyAsync(upload);
        await site.WaitUntilEmptyAsync(queue);
        site.Log.Count(3).Should().Be(12);
        wires.Sum(wire => wire.Count("ChangeMessageVisibilityBatch")).Should().BeGreaterThan(3);

        static void Hidden(SqsEventsOptions options) => (options.VisibilityTimeout, options.Parallelism) = (TimeSpan.FromSeconds(2), 20);
    }

    [Fact]
    public async Task Extend_DeletedMessage_IsNotRetried()
    {
        await using var site = new TestApplication(storage);
        var queue = await site.CreateQueueAsync();
        var upload = await site.UploadAsync();
        await site.SendAsync(queue, TestMessages.CreateS3Event(upload));
        var released = new TaskCompletionSource();
        site.Store.BeforeFind = (_, stop) => released.Task.WaitAsync(stop);
        var wire = new InterceptingHandler();
        await site.StartAsync(queue, options => options.VisibilityTimeout = TimeSpan.FromSeconds(1), wire);
        await TestApplication.WaitUntilAsync(() => wire.Count("ChangeMessageVisibilityBatch") > 0, "the message was hidden for longer");

        await site.Sqs.PurgeQueueAsync(queue);
        await TestApplication.WaitUntilAsync(() => site.Log.Count(6) > 0, "SQS has refused");
        await Task.Delay(1500);

        site.Log.Count(6).Should().Be(1);
        released.SetResult();
        await site.WaitUntilReadyAsync(upload);
    }
}
