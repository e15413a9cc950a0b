using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.Sqs.Tests;

public sealed class Outages(LocalS3Fixture storage) : IClassFixture<LocalS3Fixture>
{
    private static readonly HttpRequestException Refused = new("Connection refused");

    [Fact]
    public async Task Of_the_store_bring_the_message_again()
    {
        await using var site = new Site(storage);
        var queue = await site.NewQueueAsync();
        var upload = await site.UploadAsync();
        await site.SendAsync(queue, Message.Of(upload));
        var tries = 0;
        site.Store.BeforeFind = (_, _) => Interlocked.Increment(ref tries) <= 2 ? throw Refused : Task.CompletedTask;
        var wire = new Wire();

        // What is received again before two hours have passed was shown by us.
        await site.StartAsync(queue, options => options.VisibilityTimeout = TimeSpan.FromHours(2), wire);

        await site.ReadyAsync(upload);
        await site.EmptyAsync(queue);
        (site.Log.Count(5), site.Log.Count(3)).Should().Be((2, 1));
        site.Log.Ours.Last(entry => entry.Id == 5).Text.Should().Contain("received 2 times");
        site.Log.Ours.Where(entry => entry.Level == LogLevel.Warning).Should().ContainSingle().Which.Id.Should().Be(7);
        wire.Count("DeleteMessageBatch").Should().Be(1);
    }

    [Fact]
    public async Task Leave_what_waits_in_the_queue_to_itself()
    {
        await using var site = new Site(storage);
        var queue = await site.NewQueueAsync();
        var uploads = await site.UploadAsync(40);
        await site.SendAsync(queue, uploads.Select(Message.Of));
        var isOut = true;
        site.Store.BeforeFind = (_, _) => isOut ? throw Refused : Task.CompletedTask;

        await site.StartAsync(queue, options => options.VisibilityTimeout = TimeSpan.FromHours(2));
        await Task.Delay(TimeSpan.FromSeconds(4));
        var tried = site.Log.Count(5);
        isOut = false;

        tried.Should().BeInRange(9, 20, "8 at first, then one by one, more and more seldom");
        foreach (var upload in uploads)
            await site.ReadyAsync(upload);
        await site.EmptyAsync(queue);
    }

    [Theory]
    [InlineData("ReceiveMessage")]
    [InlineData("DeleteMessageBatch")]
    public async Task A_request_that_hangs_is_given_up_and_made_again(string operation)
    {
        await using var site = new Site(storage);
        var queue = await site.NewQueueAsync();
        var upload = await site.UploadAsync();
        await site.SendAsync(queue, Message.Of(upload));
        var (wire, never, calls) = (new Wire(), new TaskCompletionSource(), 0);
        // The wire ignores cancellation, as a client may.
        wire.Before = called => called == operation && Interlocked.Increment(ref calls) == 1 ? never.Task : Task.CompletedTask;

        await site.StartAsync(queue, options => (options.RequestTimeout, options.VisibilityTimeout) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5)), wire);

        await site.ReadyAsync(upload);
        await site.EmptyAsync(queue);
        calls.Should().BeGreaterThan(1);
        site.Log.Ours.Should().Contain(entry => entry.Text.Contains($"SQS did not answer {operation} within", StringComparison.Ordinal));
        never.SetResult();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_SQS_are_said_once_and_waited_for(bool unreachable)
    {
        await using var site = new Site(storage);
        var queue = await site.NewQueueAsync();
        var wire = new Wire();
        var host = await site.StartAsync(queue, wire: wire);
        var health = host.Services.GetRequiredService<SqsEventsHealth>();
        await Site.UntilAsync(() => health.LastReceivedAt is not null, "SQS has answered");

        wire.Instead = _ => unreachable ? throw Refused : new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) { Content = new StringContent("{}", Encoding.UTF8, "application/x-amz-json-1.0") };
        await Site.UntilAsync(() => site.Log.Count(8) >= 3, "SQS has failed four times");
        (health.IsReceiving, health.FailingSince is null).Should().Be((true, false));
        var before = health.LastReceivedAt;
        var upload = await site.UploadAsync();
        await site.SendAsync(queue, Message.Of(upload));
        wire.Instead = _ => null;

        await site.ReadyAsync(upload);
        (site.Log.Count(7), site.Log.Count(9)).Should().Be((1, 1));
        (health.FailingSince is null, health.LastReceivedAt > before).Should().Be((true, true));
    }

    [Fact]
    public async Task In_which_nothing_can_be_deleted_do_no_harm()
    {
        await using var site = new Site(storage);
        var queue = await site.NewQueueAsync();
        var upload = await site.UploadAsync();
        await site.SendAsync(queue, Message.Of(upload));
        var wire = new Wire();
        wire.Instead = operation => operation == "DeleteMessageBatch" && wire.Count("DeleteMessageBatch") <= 2 ? throw Refused : null;

        await site.StartAsync(queue, options => options.VisibilityTimeout = TimeSpan.FromSeconds(1), wire);
        await site.ReadyAsync(upload);
        var ready = await site.NowAsync(upload);
        await site.EmptyAsync(queue);

        site.Log.Count(3).Should().Be(3);
        site.Log.Ours.Count(entry => entry.Level == LogLevel.Warning).Should().Be(1);
        (await site.NowAsync(upload)).Should().Be(ready);
    }

    [Fact]
    public async Task One_message_that_SQS_refuses_to_delete_comes_again_and_the_others_are_deleted()
    {
        await using var site = new Site(storage);
        var queue = await site.NewQueueAsync();
        var upload = await site.UploadAsync();
        await site.SendAsync(queue, Message.Of(upload));
        var wire = new Wire();
        wire.Instead = operation => operation == "DeleteMessageBatch" && wire.Count("DeleteMessageBatch") == 1
            ? new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new StringContent("""{"Successful":[],"Failed":[{"Id":"0","SenderFault":false,"Code":"InternalError","Message":"Not now."}]}""", Encoding.UTF8, "application/x-amz-json-1.0"),
            }
            : null;

        await site.StartAsync(queue, options => options.VisibilityTimeout = TimeSpan.FromSeconds(1), wire);

        await Site.UntilAsync(() => site.Log.Count(3) == 2, "the message came again");
        await site.EmptyAsync(queue);
        site.Log.Count(6).Should().Be(1);
    }

    [Fact]
    public void Make_a_message_come_again_later_each_time()
    {
        for (var receives = 1; receives <= 20; receives++)
        {
            var full = Math.Min(Math.Pow(2, receives), 300);
            var delays = Enumerable.Range(0, 50).Select(_ => Redelivery.After(receives).TotalSeconds).ToList();

            delays.Should().OnlyContain(delay => delay >= full / 2 && delay <= full).And.OnlyHaveUniqueItems();
        }
    }

    [Fact]
    public void In_which_half_of_the_work_succeeds_are_one()
    {
        var clock = new FakeTimeProvider();
        var log = new WrittenLog();
        var outage = new Outage("uploads", "Handling the messages", TimeSpan.FromSeconds(30), clock, log.CreateLogger("DirectUpload.Sqs"));
        for (var turn = 0; turn < 50; turn++)
        {
            outage.Failed(Refused);
            outage.IsOn.Should().BeTrue();
            outage.Succeeded();
            (outage.IsOn, outage.Pause()).Should().Be((false, TimeSpan.Zero));
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        clock.Advance(TimeSpan.FromSeconds(30));
        outage.Succeeded();

        (log.Count(7), log.Count(8), log.Count(9)).Should().Be((1, 49, 1));
    }

    [Fact]
    public void Are_asked_after_more_and_more_seldom()
    {
        var outage = new Outage("uploads", "Receiving the messages", TimeSpan.Zero, new FakeTimeProvider(), NullLogger.Instance);
        for (var failures = 1; failures <= 20; failures++)
        {
            for (var sideBySide = 0; sideBySide < 8; sideBySide++)
                outage.Failed(Refused);
            var full = Math.Min(0.1 * Math.Pow(2, failures), 15);

            outage.Pause().TotalSeconds.Should().BeInRange(full / 2, full);
        }
    }
}
