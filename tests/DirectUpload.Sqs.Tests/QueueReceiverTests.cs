using System.Text.Json;
using Amazon.S3;
using Amazon.S3.Model;

namespace DirectUpload.Sqs.Tests;

public sealed class QueueReceiverTests(LocalS3Fixture storage) : IClassFixture<LocalS3Fixture>
{
    [Fact]
    public async Task Receive_StorageEvent_MakesTheUploadReady()
    {
        await using var site = new TestApplication(storage);
        var queue = await site.CreateQueueAsync();
        await storage.S3.PutBucketNotificationAsync(new PutBucketNotificationRequest
        {
            BucketName = storage.Bucket,
            TopicConfigurations =
            [
                new TopicConfiguration { Topic = await storage.CreateTopicAsync(), Events = [EventType.ObjectCreatedAll] },
            ],
        });
        await site.StartAsync(queue);

        var upload = await site.UploadAsync();
        var told = await (await EventReceiver.GetSharedAsync()).WaitForRecordsAsync(storage.Bucket, 1);
        (await site.GetCurrentAsync(upload)).Status.Should().Be(UploadStatus.Requested);
        await site.SendAsync(queue, JsonSerializer.Serialize(new { Records = told }));

        await site.WaitUntilReadyAsync(upload);
        await site.WaitUntilEmptyAsync(queue);
    }

    [Fact]
    public async Task Receive_SnsEnvelope_MakesTheUploadReady()
    {
        await using var site = new TestApplication(storage);
        var queue = await site.CreateQueueAsync();
        await site.StartAsync(queue);
        var upload = await site.UploadAsync();

        await site.SendAsync(queue, TestMessages.WrapInSns(TestMessages.CreateS3Event(upload)));

        await site.WaitUntilReadyAsync(upload);
        await site.WaitUntilEmptyAsync(queue);
    }

    [Fact]
    public async Task Receive_TestAndForeignEvents_AreDeletedSilently()
    {
        await using var site = new TestApplication(storage);
        var queue = await site.CreateQueueAsync();
        var upload = await site.UploadAsync();
        await site.SendAsync(queue, [
            TestMessages.S3TestEvent, TestMessages.WrapInSns(TestMessages.S3TestEvent),
            TestMessages.CreateS3Event(upload.Bucket!, "elsewhere/a.txt"), TestMessages.CreateS3Event("another", upload.StagingKey!)]);

        await site.StartAsync(queue);

        await site.WaitUntilEmptyAsync(queue);
        site.Log.SqsEntries.Where(entry => entry.Level > Microsoft.Extensions.Logging.LogLevel.Information).Should().BeEmpty();
        (await site.GetCurrentAsync(upload)).Status.Should().Be(UploadStatus.Requested);
    }

    [Fact]
    public async Task Receive_HandledMessages_AreDeletedInBatches()
    {
        await using var site = new TestApplication(storage);
        var queue = await site.CreateQueueAsync();
        var uploads = await site.UploadAsync(60);
        await site.SendAsync(queue, uploads.Select(TestMessages.CreateS3Event));
        var wire = new InterceptingHandler();

        await site.StartAsync(queue, options => options.Parallelism = 20, wire);

        await site.WaitUntilEmptyAsync(queue);
        wire.Count("DeleteMessageBatch").Should().BeLessThan(60);
        wire.Requests.Select(request => request.Operation).Distinct()
            .Should().BeSubsetOf(["ReceiveMessage", "DeleteMessageBatch", "ChangeMessageVisibilityBatch"]);
    }

    [Fact]
    public async Task Log_ContainsNoTokensOrUrls()
    {
        await using var site = new TestApplication(storage);
        var queue = await site.CreateQueueAsync();
        var upload = await site.UploadAsync();
        site.Store.BeforeFind = (_, _) => throw new HttpRequestException("Connection refused");
        await site.SendAsync(queue, [TestMessages.CreateS3Event(upload), "secret body"]);
        await site.StartAsync(queue, options => options.VisibilityTimeout = TimeSpan.FromSeconds(1));
        await TestApplication.WaitUntilAsync(() => site.Log.Count(4) > 0 && site.Log.Count(7) > 0, "both messages have failed");
        site.Store.BeforeFind = (_, _) => Task.CompletedTask;
        await site.WaitUntilReadyAsync(upload);

        var grant = site.Grants.Single();
        string[] secrets = [grant.WriteToken.Value, grant.ReadToken.Value, "X-Amz-Signature", "http://", "https://", "secret body"];
        foreach (var secret in secrets)
            site.Log.SqsEntries.Should().NotContain(entry => entry.Text.Contains(secret, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task HandleBatch_FailedMessages_AreReturned()
    {
        await using var site = new TestApplication(storage);
        var uploads = await site.UploadAsync(3);
        site.Store.BeforeFind = (id, _) => id == uploads[1].Id ? throw new HttpRequestException("Connection refused") : Task.CompletedTask;

        var failed = await site.EventProcessor.HandleBatchAsync([
            ("a", TestMessages.CreateS3Event(uploads[0])), ("b", TestMessages.CreateS3Event(uploads[1])), ("c", "no JSON"),
            ("d", TestMessages.CreateS3Event(uploads[2]))]);

        failed.Select(failure => failure.MessageId).Should().BeEquivalentTo("b", "c");
        failed.Single(failure => failure.MessageId == "b").Exception.Should().BeOfType<HttpRequestException>();
        failed.Single(failure => failure.MessageId == "c").Should().Match<SqsBatchItemFailure>(
            failure => failure.Exception == null && failure.Reason.StartsWith("The message is not JSON"));
        (await site.GetCurrentAsync(uploads[0])).Status.Should().Be(UploadStatus.Ready);
        (await site.GetCurrentAsync(uploads[2])).Status.Should().Be(UploadStatus.Ready);
    }

    [Fact]
    public async Task HandleBatch_Canceled_Throws()
    {
        await using var site = new TestApplication(storage);
        var upload = await site.UploadAsync();
        using var over = new CancellationTokenSource();
        site.Store.BeforeFind = async (_, stop) =>
        {
            await over.CancelAsync();
            await Task.Delay(Timeout.Infinite, stop);
        };

        await site.EventProcessor.Awaiting(it => it.HandleBatchAsync([("a", TestMessages.CreateS3Event(upload))], over.Token))
            .Should().ThrowAsync<OperationCanceledException>();
    }
}
