using System.Text;
using DirectUpload.AspNetCore.Webhooks;
using DirectUpload.Events;
using DirectUpload.Uploads;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.Security.Tests.Fuzzing;

/// <summary>What reads bytes of strangers never throws, and what it makes of them keeps its promises.</summary>
[Collection(nameof(Alone))]
public sealed class Parsers
{
    private static readonly byte[][] Events =
    [
        """{"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"uploads"},"object":{"key":"staging/a%2Fb+c.png","size":"10","eTag":"x","versionId":"1","sequencer":"0A"}}}]}"""u8.ToArray(),
        """{"version":"0","detail-type":"Object Created","source":"aws.s3","detail":{"bucket":{"name":"uploads"},"object":{"key":"a b","size":1,"etag":"x","sequencer":"0A"}}}"""u8.ToArray(),
        """{"Type":"Notification","MessageId":"1","TopicArn":"arn","Message":"{\"Records\":[]}","Timestamp":"t","SignatureVersion":"1","Signature":"AAAA","SigningCertURL":"https://sns.eu-west-1.amazonaws.com/a.pem"}"""u8.ToArray(),
        """{"Service":"Amazon S3","Event":"s3:TestEvent","Bucket":"uploads"}"""u8.ToArray(),
    ];

    [Fact]
    public Task Of_storage_events() => Fuzzed.Many(20, mutator =>
    {
        var message = StorageEventParser.Parse(mutator.Broken(mutator.OneOf(Events)));
        foreach (var told in message.Events)
        {
            told.Bucket.Should().NotBeEmpty();
            Encoding.UTF8.GetByteCount(told.Key).Should().BeInRange(1, 8192);
            _ = told.Sequencer?.CompareTo(new StorageSequencer("0B"));
        }
    });

    [Fact]
    public Task Of_ids_and_tokens() => Fuzzed.Many(10, mutator =>
    {
        var text = mutator.BrokenText(mutator.OneOf(["0198c0de00000000000000000000beef", UploadToken.New().Value, new string('a', 64)]));
        if (UploadId.TryParse(text, out var id))
            id.ToString().Should().Be(text);
        if (UploadToken.TryParse(text, out var token))
            token.Value.Should().Be(text).And.HaveLength(43);
        if (UploadTokenHash.TryParse(text, out var hash))
            hash.ToString().Should().Be(text);
        if (UploadId.TryFindIn(text, out var found))
            text.Should().Contain(found.ToString());
    });

    [Fact]
    public Task Of_webhook_signatures()
    {
        var verifier = new WebhookVerifier(WebhookSecret.New());
        return Fuzzed.Many(5, mutator =>
        {
            var headers = new HeaderDictionary
            {
                ["webhook-id"] = mutator.BrokenText("msg_1"),
                ["webhook-timestamp"] = mutator.BrokenText($"{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}"),
                ["webhook-signature"] = mutator.BrokenText("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="),
            };
            verifier.IsGenuine(headers, mutator.Broken("{}"u8.ToArray())).Should().BeFalse();
        });
    }
}
