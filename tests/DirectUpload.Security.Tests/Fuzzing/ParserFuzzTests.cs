#pragma warning disable RCS0056 // Lines of data are kept whole.
using System.Text;
using DirectUpload.AspNetCore;
using DirectUpload.Events;
using DirectUpload.Stores;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.Security.Tests.Fuzzing;

/// <summary>What reads bytes of strangers never throws, and what it makes of them keeps its promises.</summary>
[Collection(nameof(SequentialTestCollection))]
public sealed class ParserFuzzTests
{
    private static readonly byte[][] Events =
    [
        """{"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"uploads"},"object":{"key":"staging/a%2Fb+c.png","size":"10","eTag":"x","versionId":"1","sequencer":"0A"}}}]}"""u8.ToArray(),
        """{"version":"0","detail-type":"Object Created","source":"aws.s3","detail":{"bucket":{"name":"uploads"},"object":{"key":"a b","size":1,"etag":"x","sequencer":"0A"}}}"""u8.ToArray(),
        """{"Type":"Notification","MessageId":"1","TopicArn":"arn","Message":"{\"Records\":[]}","Timestamp":"t","SignatureVersion":"1","Signature":"AAAA","SigningCertURL":"https://sns.eu-west-1.amazonaws.com/a.pem"}"""u8.ToArray(),
        """{"Service":"Amazon S3","Event":"s3:TestEvent","Bucket":"uploads"}"""u8.ToArray(),
    ];

    [Fact]
    public Task StorageEventParser_MutatedMessages_NeverThrows() => Fuzzer.Run(20, mutator =>
    {
        var message = StorageEventParser.Parse(mutator.Mutate(mutator.Choose(Events)));
        foreach (var told in message.Events)
        {
            told.Bucket.Should().NotBeEmpty();
            Encoding.UTF8.GetByteCount(told.Key).Should().BeInRange(1, 8192);
            _ = told.Sequencer?.CompareTo(new StorageSequencer("0B"));
        }
    });

    [Fact]
    public Task IdsAndTokens_MutatedText_RoundTripOrFail() => Fuzzer.Run(10, mutator =>
    {
        var text = mutator.MutateText(
            mutator.Choose(["0198c0de00000000000000000000beef", UploadToken.Create().Value, new string('a', 64)]));
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
    public Task WebhookVerifier_MutatedHeaders_NeverVerifies()
    {
        var verifier = new WebhookVerifier(WebhookSecret.Create());
        return Fuzzer.Run(5, mutator =>
        {
            var headers = new HeaderDictionary
            {
                ["webhook-id"] = mutator.MutateText("msg_1"),
                ["webhook-timestamp"] = mutator.MutateText($"{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}"),
                ["webhook-signature"] = mutator.MutateText("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="),
            };
            verifier.Verify(headers, mutator.Mutate("{}"u8.ToArray())).Should().BeFalse();
        });
    }
}
