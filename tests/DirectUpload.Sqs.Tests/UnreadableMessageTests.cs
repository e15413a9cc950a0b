using DirectUpload.Sqs.Receiving;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Sqs.Tests;

public sealed class UnreadableMessageTests(LocalS3Fixture storage) : IClassFixture<LocalS3Fixture>
{
    [Fact]
    public async Task Receive_UnreadableMessage_IsLoggedOnceAndDeadLettered()
    {
        await using var site = new TestApplication(storage);
        var dead = await site.CreateQueueAsync();
        var deadArn = (await site.Sqs.GetQueueAttributesAsync(dead, ["QueueArn"])).QueueARN;
        var queue = await site.CreateQueueAsync(
            new() { ["RedrivePolicy"] = $$"""{"deadLetterTargetArn":"{{deadArn}}","maxReceiveCount":3}""" });
        await site.SendAsync(queue, "what is no JSON");
        var wire = new InterceptingHandler();

        await site.StartAsync(queue, options => options.VisibilityTimeout = TimeSpan.FromSeconds(1), wire);

        await TestApplication.WaitUntilAsync(
            async () => await site.CountMessagesAsync(dead) == (1, 0) && await site.CountMessagesAsync(queue) == (0, 0),
            "the message is among the dead letters");
        var letter = (await site.Sqs.ReceiveMessageAsync(dead)).Messages.Single();
        letter.Body.Should().Be("what is no JSON");
        site.Log.SqsEntries.Where(entry => entry.Level > LogLevel.Information).Should().ContainSingle()
            .Which.Should().Match<(int Id, LogLevel Level, string, string Text)>(entry =>
                entry.Id == 4 && entry.Level == LogLevel.Error
                && entry.Text.Contains(letter.MessageId) && entry.Text.Contains("received 1 times")
                && entry.Text.Contains("The message is not JSON (line 1)."));
        wire.Count("DeleteMessageBatch").Should().Be(0);
        wire.Count("ChangeMessageVisibilityBatch").Should().Be(0);
    }

    [Fact]
    public async Task Receive_UnreadableMessages_DoNotBlockOthers()
    {
        await using var site = new TestApplication(storage);
        var queue = await site.CreateQueueAsync();
        var uploads = await site.UploadAsync(10);
        await site.SendAsync(queue, uploads.SelectMany(upload => new[] { "{", TestMessages.CreateS3Event(upload) }));

        await site.StartAsync(queue, options => options.Parallelism = 2);

        foreach (var upload in uploads)
            await site.WaitUntilReadyAsync(upload);
        await TestApplication.WaitUntilAsync(
            async () => await site.CountMessagesAsync(queue) == (0, 10), "only what can't be read is left");
    }

    [Fact]
    public void LogOnceFilter_RemembersAThousandMessages()
    {
        var said = new LogOnceFilter();

        said.IsNew("a").Should().BeTrue();
        said.IsNew("a").Should().BeFalse();
        for (var other = 0; other < 1000; other++)
            said.IsNew($"{other}").Should().BeTrue();
        said.IsNew("a").Should().BeTrue();
    }
}
