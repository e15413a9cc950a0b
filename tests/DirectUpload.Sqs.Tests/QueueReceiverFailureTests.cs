using System.Net;
using System.Text;
using DirectUpload.Sqs.Receiving;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.Sqs.Tests;

public sealed class QueueReceiverFailureTests(LocalS3Fixture storage) : IClassFixture<LocalS3Fixture>
{
    private static readonly HttpRequestException Refused = new("Connection refused");

    [Fact]
    public async Task Receive_StoreUnavailable_RedeliversTheMessage()
    {
        await using var site = new TestApplication(storage);
        var queue = await site.CreateQueueAsync();
        var upload = await site.UploadAsync();
        await site.SendAsync(queue, TestMessages.CreateS3Event(upload));
        var tries = 0;
        site.Store.BeforeFind = (_, _) => Interlocked.Increment(ref tries) <= 2 ? throw Refused : Task.CompletedTask;
        var wire = new InterceptingHandler();

        // What is received again before two hours have passed was shown by us.
        await site.StartAsync(queue, options => options.VisibilityTimeout = TimeSpan.FromHours(2), wire);

        await site.WaitUntilReadyAsync(upload);
        await site.WaitUntilEmptyAsync(queue);
        (site.Log.Count(5), site.Log.Count(3)).Should().Be((2, 1));
        site.Log.SqsEntries.Last(entry => entry.Id == 5).Text.Should().Contain("received 2 times");
        site.Log.SqsEntries.Where(entry => entry.Level == LogLevel.Warning).Should().ContainSingle().Which.Id.Should().Be(7);
        wire.Count("DeleteMessageBatch").Should().Be(1);
    }

    [Fact]
    public async Task Receive_StoreUnavailable_LeavesMessagesInTheQueue()
    {
        await using var site = new TestApplication(storage);
        var queue = await site.CreateQueueAsync();
        var uploads = await site.UploadAsync(40);
        await site.SendAsync(queue, uploads.Select(TestMessages.CreateS3Event));
        var isOut = true;
        site.Store.BeforeFind = (_, _) => isOut ? throw Refused : Task.CompletedTask;

        await site.StartAsync(queue, options => options.VisibilityTimeout = TimeSpan.FromHours(2));
        await Task.Delay(TimeSpan.FromSeconds(4));
        var tried = site.Log.Count(5);
        isOut = false;

        tried.Should().BeInRange(9, 20, "8 at first, then one by one, more and more seldom");
        foreach (var upload in uploads)
            await site.WaitUntilReadyAsync(upload);
        await site.WaitUntilEmptyAsync(queue);
    }

    [Theory]
    [InlineData("ReceiveMessage")]
    [InlineData("DeleteMessageBatch")]
    public async Task Receive_HangingRequest_TimesOutAndRetries(string operation)
    {
        await using var site = new TestApplication(storage);
        var queue = await site.CreateQueueAsync();
        var upload = await site.UploadAsync();
        await site.SendAsync(queue, TestMessages.CreateS3Event(upload));
        var (wire, never, calls) = (new InterceptingHandler(), new TaskCompletionSource(), 0);
        // The wire ignores cancellation, as a client may.
        wire.OnSending = called => called == operation && Interlocked.Increment(ref calls) == 1 ? never.Task : Task.CompletedTask;

        await site.StartAsync(
            queue, options => (options.RequestTimeout, options.VisibilityTimeout) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5)),
            wire);

        await site.WaitUntilReadyAsync(upload);
        await site.WaitUntilEmptyAsync(queue);
        calls.Should().BeGreaterThan(1);
        site.Log.SqsEntries
            .Should().Contain(entry => entry.Text.Contains($"SQS did not respond to {operation} within", StringComparison.Ordinal));
        never.SetResult();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Receive_SqsUnavailable_LogsOnceAndRecovers(bool unreachable)
    {
        await using var site = new TestApplication(storage);
        var queue = await site.CreateQueueAsync();
        var wire = new InterceptingHandler();
        var host = await site.StartAsync(queue, wire: wire);
        var health = host.Services.GetRequiredService<SqsQueueHealth>();
        await TestApplication.WaitUntilAsync(() => health.LastReceivedAt is not null, "SQS has answered");

        wire.RespondInstead = _ => unreachable ? throw Refused : new HttpResponseMessage(HttpStatusCode.ServiceUnavailable)
        {
            Content = new StringContent("{}", Encoding.UTF8, "application/x-amz-json-1.0"),
        };
        await TestApplication.WaitUntilAsync(() => site.Log.Count(8) >= 3, "SQS has failed four times");
        (health.IsReceiving, health.FailingSince is null).Should().Be((true, false));
        var before = health.LastReceivedAt;
        var upload = await site.UploadAsync();
        await site.SendAsync(queue, TestMessages.CreateS3Event(upload));
        wire.RespondInstead = _ => null;

        await site.WaitUntilReadyAsync(upload);
        (site.Log.Count(7), site.Log.Count(9)).Should().Be((1, 1));
        (health.FailingSince is null, health.LastReceivedAt > before).Should().Be((true, true));
    }

    [Fact]
    public async Task Delete_Fails_MessageIsHandledAgainWithoutEffect()
    {
        await using var site = new TestApplication(storage);
        var queue = await site.CreateQueueAsync();
        var upload = await site.UploadAsync();
        await site.SendAsync(queue, TestMessages.CreateS3Event(upload));
        var wire = new InterceptingHandler();
        wire.RespondInstead = operation => operation == "DeleteMessageBatch" && wire.Count("DeleteMessageBatch") <= 2
            ? throw Refused
            : null;

        await site.StartAsync(queue, options => options.VisibilityTimeout = TimeSpan.FromSeconds(1), wire);
        await site.WaitUntilReadyAsync(upload);
        var ready = await site.GetCurrentAsync(upload);
        await site.WaitUntilEmptyAsync(queue);

        site.Log.Count(3).Should().Be(3);
        site.Log.SqsEntries.Count(entry => entry.Level == LogLevel.Warning).Should().Be(1);
        (await site.GetCurrentAsync(upload)).Should().Be(ready);
    }

    [Fact]
    public async Task Delete_BatchItemFails_MessageIsRedelivered()
    {
        await using var site = new TestApplication(storage);
        var queue = await site.CreateQueueAsync();
        var upload = await site.UploadAsync();
        await site.SendAsync(queue, TestMessages.CreateS3Event(upload));
        var wire = new InterceptingHandler();
        wire.RespondInstead = operation => operation == "DeleteMessageBatch" && wire.Count("DeleteMessageBatch") == 1
            ? new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new StringContent(
                    """{"Successful":[],"Failed":[{"Id":"0","SenderFault":false,"Code":"InternalError","Message":"Not now."}]}""",
                    Encoding.UTF8, "application/x-amz-json-1.0"),
            }
            : null;

        await site.StartAsync(queue, options => options.VisibilityTimeout = TimeSpan.FromSeconds(1), wire);

        await TestApplication.WaitUntilAsync(() => site.Log.Count(3) == 2, "the message came again");
        await site.WaitUntilEmptyAsync(queue);
        site.Log.Count(6).Should().Be(1);
    }

    [Fact]
    public void RedeliveryDelay_EachReceive_Increases()
    {
        for (var receives = 1; receives <= 20; receives++)
        {
            var full = Math.Min(Math.Pow(2, receives), 300);
            var delays = Enumerable.Range(0, 50).Select(_ => RedeliveryDelay.Create(receives).TotalSeconds).ToList();

            delays.Should().OnlyContain(delay => delay >= full / 2 && delay <= full).And.OnlyHaveUniqueItems();
        }
    }

    [Fact]
    public void AvailabilityTracker_AlternatingResults_LogsOnce()
    {
        var clock = new FakeTimeProvider();
        var log = new CapturedLog();
        var outage = new AvailabilityTracker(
            "uploads", "Message handling", TimeSpan.FromSeconds(30), clock, log.CreateLogger("DirectUpload.Sqs"));
        for (var turn = 0; turn < 50; turn++)
        {
            outage.ReportFailure(Refused);
            outage.IsUnavailable.Should().BeTrue();
            outage.ReportSuccess();
            (outage.IsUnavailable, outage.GetDelay()).Should().Be((false, TimeSpan.Zero));
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        clock.Advance(TimeSpan.FromSeconds(30));
        outage.ReportSuccess();

        (log.Count(7), log.Count(8), log.Count(9)).Should().Be((1, 49, 1));
    }

    [Fact]
    public void AvailabilityTracker_RepeatedFailures_DelayIncreases()
    {
        var outage = new AvailabilityTracker("uploads", "Receive", TimeSpan.Zero, new FakeTimeProvider(), NullLogger.Instance);
        for (var failures = 1; failures <= 20; failures++)
        {
            for (var sideBySide = 0; sideBySide < 8; sideBySide++)
                outage.ReportFailure(Refused);
            var full = Math.Min(0.1 * Math.Pow(2, failures), 15);

            outage.GetDelay().TotalSeconds.Should().BeInRange(full / 2, full);
        }
    }
}
