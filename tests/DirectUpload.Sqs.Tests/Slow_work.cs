namespace DirectUpload.Sqs.Tests;

public sealed class Slow_work(LocalS3Fixture storage) : IClassFixture<LocalS3Fixture>
{
    [Fact]
    public async Task Keeps_its_messages_hidden_so_that_each_is_handled_once()
    {
        await using var site = new Site(storage);
        var queue = await site.NewQueueAsync();
        var uploads = await site.UploadAsync(12);
        await site.SendAsync(queue, uploads.Select(Message.Of));
        var handled = 0;
        site.Store.BeforeFind = async (_, stop) =>
        {
            if (Interlocked.Increment(ref handled) <= 12)
                await Task.Delay(TimeSpan.FromSeconds(7), stop);
        };
        var wire = new Wire();

        await site.StartAsync(queue, Hidden, wire);
        await site.StartAsync(queue, Hidden);

        foreach (var upload in uploads)
            await site.ReadyAsync(upload);
        await site.EmptyAsync(queue);
        site.Log.Count(3).Should().Be(12);
        wire.Count("ChangeMessageVisibilityBatch").Should().BeGreaterThan(3);

        static void Hidden(SqsEventsOptions options) => (options.VisibilityTimeout, options.Parallelism) = (TimeSpan.FromSeconds(2), 20);
    }

    [Fact]
    public async Task What_somebody_else_has_deleted_meanwhile_is_not_asked_for_again()
    {
        await using var site = new Site(storage);
        var queue = await site.NewQueueAsync();
        var upload = await site.UploadAsync();
        await site.SendAsync(queue, Message.Of(upload));
        var released = new TaskCompletionSource();
        site.Store.BeforeFind = (_, stop) => released.Task.WaitAsync(stop);
        var wire = new Wire();
        await site.StartAsync(queue, options => options.VisibilityTimeout = TimeSpan.FromSeconds(1), wire);
        await Site.UntilAsync(() => wire.Count("ChangeMessageVisibilityBatch") > 0, "the message was hidden for longer");

        await site.Sqs.PurgeQueueAsync(queue);
        await Site.UntilAsync(() => site.Log.Count(6) > 0, "SQS has refused");
        await Task.Delay(1500);

        site.Log.Count(6).Should().Be(1);
        released.SetResult();
        await site.ReadyAsync(upload);
    }
}
