using Microsoft.Extensions.Logging;

namespace DirectUpload.Sqs.Tests;

public sealed class What_can_not_be_read(LocalS3Fixture storage) : IClassFixture<LocalS3Fixture>
{
    [Fact]
    public async Task Is_said_once_and_ends_among_the_dead_letters()
    {
        await using var site = new Site(storage);
        var dead = await site.NewQueueAsync();
        var deadArn = (await site.Sqs.GetQueueAttributesAsync(dead, ["QueueArn"])).QueueARN;
        var queue = await site.NewQueueAsync(new() { ["RedrivePolicy"] = $$"""{"deadLetterTargetArn":"{{deadArn}}","maxReceiveCount":3}""" });
        await site.SendAsync(queue, "what is no JSON");
        var wire = new Wire();

        await site.StartAsync(queue, options => options.VisibilityTimeout = TimeSpan.FromSeconds(1), wire);

        await Site.UntilAsync(async () => await site.CountAsync(dead) == (1, 0) && await site.CountAsync(queue) == (0, 0), "the message is among the dead letters");
        var letter = (await site.Sqs.ReceiveMessageAsync(dead)).Messages.Single();
        letter.Body.Should().Be("what is no JSON");
        site.Log.Ours.Where(entry => entry.Level > LogLevel.Information).Should().ContainSingle().Which.Should().Match<(int Id, LogLevel Level, string, string Text)>(entry =>
            entry.Id == 4 && entry.Level == LogLevel.Error
            && entry.Text.Contains(letter.MessageId) && entry.Text.Contains("received 1 times") && entry.Text.Contains("The message is not JSON (line 1)."));
        wire.Count("DeleteMessageBatch").Should().Be(0);
        wire.Count("ChangeMessageVisibilityBatch").Should().Be(0);
    }

    [Fact]
    public async Task Does_not_keep_the_others()
    {
        await using var site = new Site(storage);
        var queue = await site.NewQueueAsync();
        var uploads = await site.UploadAsync(10);
        await site.SendAsync(queue, uploads.SelectMany(upload => new[] { "{", Message.Of(upload) }));

        await site.StartAsync(queue, options => options.Parallelism = 2);

        foreach (var upload in uploads)
            await site.ReadyAsync(upload);
        await Site.UntilAsync(async () => await site.CountAsync(queue) == (0, 10), "only what can't be read is left");
    }

    [Fact]
    public void A_message_is_remembered_until_a_thousand_others_came()
    {
        var said = new SaidOnce();

        said.IsNew("a").Should().BeTrue();
        said.IsNew("a").Should().BeFalse();
        for (var other = 0; other < 1000; other++)
            said.IsNew($"{other}").Should().BeTrue();
        said.IsNew("a").Should().BeTrue();
    }
}
