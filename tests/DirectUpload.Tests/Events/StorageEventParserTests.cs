using System.Text;
using DirectUpload.Events;

namespace DirectUpload.Tests.Events;

public sealed class StorageEventParserTests
{
    public static TheoryData<string, string, string, string?, string?> Senders => new()
    {
        { Messages.S3(), "staging/a.txt", "ObjectCreated:Put", "v1", "0055AED6DCD90281E5" },
        { Messages.Sns(Messages.S3()), "staging/a.txt", "ObjectCreated:Put", "v1", "0055AED6DCD90281E5" },
        { Messages.MinIO, "staging/red flower.txt", "ObjectCreated:Put", null, "17A2B3" },
        { Messages.Ceph, "staging/é.txt", "ObjectCreated:Post", null, "8A1B" },
        { Messages.EventBridge, "staging/a+b %41.txt", "Object Created", "v1", "00AB" },
        { Messages.Sns(Messages.EventBridge), "staging/a+b %41.txt", "Object Created", "v1", "00AB" },
    };

    [Theory]
    [MemberData(nameof(Senders))]
    public void Every_sender_s_message_is_one_kind_of_event(string message, string key, string name, string? version, string? sequencer)
    {
        var read = Parse(message);

        read.Fault.Should().BeNull();
        var created = read.Events.Should().ContainSingle().Subject;
        (created.Kind, created.Bucket, created.Key, created.Name, created.Size).Should().Be((StorageEventKind.Created, "photos", key, name, 12L));
        (created.VersionId, created.Sequencer?.Text).Should().Be((version, sequencer));
        created.ETag.Should().StartWith("e4d7");
    }

    [Fact]
    public void Several_records_keep_their_order()
    {
        var one = Messages.S3("a")["{\"Records\":[".Length..^2];
        var read = Parse($"{{\"Records\":[{one},{one.Replace("\"key\":\"a\"", "\"key\":\"b\"")}]}}");

        read.Events.Select(happened => happened.Key).Should().Equal("a", "b");
    }

    [Theory]
    [InlineData("ObjectRemoved:Delete", StorageEventKind.Removed)]
    [InlineData("ObjectRemoved:DeleteMarkerCreated", StorageEventKind.Removed)]
    [InlineData("s3:ObjectCreated:CompleteMultipartUpload", StorageEventKind.Created)]
    [InlineData("ObjectRestore:Post", StorageEventKind.Other)]
    [InlineData("ObjectCreatedByNobody", StorageEventKind.Other)]
    public void What_has_happened_is_told_by_the_name(string name, StorageEventKind kind) => Parse(Messages.S3(name: name)).Events.Single().Kind.Should().Be(kind);

    [Fact]
    public void A_test_message_is_one() => Parse(Messages.S3Test).Should().BeEquivalentTo(new StorageEventMessage([]) { IsTest = true });

    [Fact]
    public void What_EventBridge_carries_for_others_is_nothing_of_storage_s() =>
        Parse(Messages.EventBridge.Replace("aws.s3", "aws.ec2")).Should().BeEquivalentTo(new StorageEventMessage([]));

    [Theory]
    [InlineData("red+flower.jpg", "red flower.jpg")]
    [InlineData("a%2Bb%2F%C3%A9%20", "a+b/é ")]
    [InlineData("%F0%9F%90%88", "🐈")]
    [InlineData("🐈", "🐈")]
    [InlineData("%252e", "%2e")]
    public void Keys_are_decoded_once(string encoded, string key) => Parse(Messages.S3(encoded)).Events.Single().Key.Should().Be(key);

    [Theory]
    [InlineData("%")]
    [InlineData("a%2")]
    [InlineData("%zz")]
    [InlineData("%+1")]
    [InlineData("%ff")]
    [InlineData("%c0%ae")]
    public void A_key_that_is_not_encoded_so_is_a_fault(string encoded) => Parse(Messages.S3(encoded)).Fault.Should().Contain("key");

    [Theory]
    [InlineData("", "JSON")]
    [InlineData("{", "JSON")]
    [InlineData("[]", "object")]
    [InlineData("null", "object")]
    [InlineData("{}", "neither")]
    [InlineData("""{"Records":{}}""", "array")]
    [InlineData("""{"Records":[1]}""", "lacks")]
    [InlineData("""{"Records":[{"eventName":"ObjectCreated:Put","s3":{"bucket":{"name":1},"object":{"key":"a"}}}]}""", "lacks")]
    [InlineData("""{"detail-type":"Object Created","source":"aws.s3","detail":{"bucket":{"name":"b"}}}""", "key")]
    [InlineData("""{"Type":"Notification","Message":"{"}""", "JSON")]
    [InlineData("""{"Type":"SubscriptionConfirmation","Message":"{}"}""", "neither")]
    [InlineData("""{"Records":[{"eventName":"\ud800"}]}""", "UTF-8")]
    public void What_can_not_be_read_says_why(string message, string why)
    {
        var read = Parse(message);

        read.Fault.Should().Contain(why).And.EndWith(".");
        read.Events.Should().BeEmpty();
    }

    [Theory]
    [InlineData("2.0", true)]
    [InlineData("2.99", true)]
    [InlineData("3.0", false)]
    [InlineData("20.1", false)]
    public void Later_minor_versions_are_read_and_other_majors_are_not(string version, bool isRead) => (Parse(Messages.S3(version: version)).Fault is null).Should().Be(isRead);

    [Fact]
    public void Envelopes_are_opened_once() => Parse(Messages.Sns(Messages.Sns(Messages.S3()))).Fault.Should().Contain("neither");

    [Fact]
    public void A_message_of_more_than_a_mebibyte_is_not_read() => Parse(new string(' ', StorageEventParser.Largest) + "{}").Fault.Should().Contain("1048578");

    [Theory]
    [InlineData("0055AED6DCD90281E5", "0055AED6DCD90281E6", -1)]
    [InlineData("00AB", "00AB00", 0)]
    [InlineData("00ab", "00AB", 0)]
    [InlineData("01", "00FF", 1)]
    [InlineData("A", "9FF", 1)]
    public void Sequencers_compare_as_if_zeros_followed(string left, string right, int order) =>
        Math.Sign(new StorageSequencer(left).CompareTo(new StorageSequencer(right))).Should().Be(order);

    [Fact]
    public void Nothing_that_is_sent_makes_it_throw()
    {
        var random = new Random(20260301);
        byte[][] seeds = [.. new[] { Messages.S3(), Messages.S3Test, Messages.MinIO, Messages.Ceph, Messages.EventBridge, Messages.Sns(Messages.S3()) }.Select(Encoding.UTF8.GetBytes)];
        var readable = 0;
        for (var run = 0; run < 50_000; run++)
        {
            var bytes = seeds[random.Next(seeds.Length)].ToArray();
            for (var change = random.Next(1, 6); change > 0; change--)
                bytes[random.Next(bytes.Length)] = random.Next(3) == 0 ? (byte)random.Next(256) : (byte)"{}[]\",:0a\\u%+"[random.Next(13)];
            var read = StorageEventParser.Parse(bytes.AsSpan(0, random.Next(20) == 0 ? random.Next(bytes.Length) : bytes.Length));
            readable += read.Fault is null ? 1 : 0;
        }

        readable.Should().BeInRange(1000, 49_000, "both kinds were tried");
    }

    private static StorageEventMessage Parse(string message) => StorageEventParser.Parse(Encoding.UTF8.GetBytes(message));
}
