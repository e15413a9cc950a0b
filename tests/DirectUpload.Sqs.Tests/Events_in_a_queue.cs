using System.Text.Json;
using Amazon.S3;
using Amazon.S3.Model;

namespace DirectUpload.Sqs.Tests;

public sealed class Events_in_a_queue(LocalS3Fixture storage) : IClassFixture<LocalS3Fixture>
{
    [Fact]
    public async Task What_storage_itself_said_of_an_upload_makes_it_ready()
    {
        await using var site = new Site(storage);
        var queue = await site.NewQueueAsync();
        await storage.S3.PutBucketNotificationAsync(new PutBucketNotificationRequest
        {
            BucketName = storage.Bucket,
            TopicConfigurations = [new TopicConfiguration { Topic = await storage.CreateTopicAsync(), Events = [EventType.ObjectCreatedAll] }],
        });
        await site.StartAsync(queue);

        var upload = await site.UploadAsync();
        var told = await (await EventReceiver.SharedAsync()).RecordsAsync(storage.Bucket, 1);
        (await site.NowAsync(upload)).Status.Should().Be(UploadStatus.Requested);
        await site.SendAsync(queue, JsonSerializer.Serialize(new { Records = told }));

        await site.ReadyAsync(upload);
        await site.EmptyAsync(queue);
    }

    [Fact]
    public async Task By_SNS_it_comes_in_an_envelope()
    {
        await using var site = new Site(storage);
        var queue = await site.NewQueueAsync();
        await site.StartAsync(queue);
        var upload = await site.UploadAsync();

        await site.SendAsync(queue, Message.BySns(Message.Of(upload)));

        await site.ReadyAsync(upload);
        await site.EmptyAsync(queue);
    }

    [Fact]
    public async Task S3s_test_and_what_is_of_no_upload_are_deleted_quietly()
    {
        await using var site = new Site(storage);
        var queue = await site.NewQueueAsync();
        var upload = await site.UploadAsync();
        await site.SendAsync(queue, [Message.S3Test, Message.BySns(Message.S3Test), Message.Of(upload with { StagingKey = "elsewhere/a.txt" }), Message.Of(upload with { Bucket = "another" })]);

        await site.StartAsync(queue);

        await site.EmptyAsync(queue);
        site.Log.Ours.Where(entry => entry.Level > Microsoft.Extensions.Logging.LogLevel.Information).Should().BeEmpty();
        (await site.NowAsync(upload)).Status.Should().Be(UploadStatus.Requested);
    }

    [Fact]
    public async Task What_was_handled_meanwhile_is_deleted_together()
    {
        await using var site = new Site(storage);
        var queue = await site.NewQueueAsync();
        var uploads = await site.UploadAsync(60);
        await site.SendAsync(queue, uploads.Select(Message.Of));
        var wire = new Wire();

        await site.StartAsync(queue, options => options.Parallelism = 20, wire);

        await site.EmptyAsync(queue);
        wire.Count("DeleteMessageBatch").Should().BeLessThan(60);
        wire.Requests.Select(request => request.Operation).Distinct().Should().BeSubsetOf(["ReceiveMessage", "DeleteMessageBatch", "ChangeMessageVisibilityBatch"]);
    }

    [Fact]
    public async Task Neither_tokens_nor_URLs_are_logged()
    {
        await using var site = new Site(storage);
        var queue = await site.NewQueueAsync();
        var upload = await site.UploadAsync();
        site.Store.BeforeFind = (_, _) => throw new HttpRequestException("Connection refused");
        await site.SendAsync(queue, [Message.Of(upload), "secret body"]);
        await site.StartAsync(queue, options => options.VisibilityTimeout = TimeSpan.FromSeconds(1));
        await Site.UntilAsync(() => site.Log.Count(4) > 0 && site.Log.Count(7) > 0, "both messages have failed");
        site.Store.BeforeFind = (_, _) => Task.CompletedTask;
        await site.ReadyAsync(upload);

        var grant = site.Grants.Single();
        string[] secrets = [grant.WriteToken.Value, grant.ReadToken.Value, "X-Amz-Signature", "http://", "https://", "secret body"];
        foreach (var secret in secrets)
            site.Log.Ours.Should().NotContain(entry => entry.Text.Contains(secret, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_function_is_told_which_of_its_batch_failed()
    {
        await using var site = new Site(storage);
        var uploads = await site.UploadAsync(3);
        site.Store.BeforeFind = (id, _) => id == uploads[1].Id ? throw new HttpRequestException("Connection refused") : Task.CompletedTask;

        var failed = await site.Intake.HandleBatchAsync([("a", Message.Of(uploads[0])), ("b", Message.Of(uploads[1])), ("c", "no JSON"), ("d", Message.Of(uploads[2]))]);

        failed.Select(failure => failure.MessageId).Should().BeEquivalentTo("b", "c");
        failed.Single(failure => failure.MessageId == "b").Outage.Should().BeOfType<HttpRequestException>();
        failed.Single(failure => failure.MessageId == "c").Should().Match<SqsMessageFailure>(failure => failure.Outage == null && failure.Reason.StartsWith("The message is not JSON"));
        (await site.NowAsync(uploads[0])).Status.Should().Be(UploadStatus.Ready);
        (await site.NowAsync(uploads[2])).Status.Should().Be(UploadStatus.Ready);
    }

    [Fact]
    public async Task A_function_whose_time_is_over_has_handled_none()
    {
        await using var site = new Site(storage);
        var upload = await site.UploadAsync();
        using var over = new CancellationTokenSource();
        site.Store.BeforeFind = async (_, stop) =>
        {
            await over.CancelAsync();
            await Task.Delay(Timeout.Infinite, stop);
        };

        await site.Intake.Awaiting(it => it.HandleBatchAsync([("a", Message.Of(upload))], over.Token)).Should().ThrowAsync<OperationCanceledException>();
    }
}
