using System.Text;
using DirectUpload.Events;

namespace DirectUpload.Tests.Events;

public sealed class StorageEventParserTests
{
    public static TheoryData<string, string, string, string?, string?> Senders => new()
    {
        { StorageEventMessages.S3(), "staging/a.txt", "ObjectCreated:Put", "v1", "0055AED6DCD90281E5" },
        { StorageEventMessages.Sns(StorageEventMessages.S3()), "staging/a.txt", "ObjectCreated:Put", "v1", "0055AED6DCD90281E5" },
        { StorageEventMessages.MinIO, "staging/red flower.txt", "ObjectCreated:Put", null, "17A2B3" },
        { StorageEventMessages.Ceph, "staging/é.txt", "ObjectCreated:Post", null, "8A1B" },
        { StorageEventMessages.EventBridge, "staging/a+b %41.txt", "Object Created", "v1", "00AB" },
        { StorageEventMessages.Sns(StorageEventMessages.EventBridge), "staging/a+b %41.txt", "Object Created", "v1", "00AB" },
    };

    [Theory]
    [MemberData(nameof(Senders))]
    public void Parse_AnySender_ReturnsTheSameEvent(string message, string key, string name, string? version, string? sequencer)
    {
        var read = Parse(message);

        read.Error.Should().BeNull();
        var created = read.Events.Should().ContainSingle().Subject;
        (created.Kind, created.Bucket, created.Key, created.Name, created.Size)
            .Should().Be((StorageEventKind.Created, "photos", key, name, 12L));
        (created.VersionId, created.Sequencer?.Value).Should().Be((version, sequencer));
        created.ETag.Should().StartWith("e4d7");
    }

    [Fact]
    public void Parse_SeveralRecords_KeepsTheirOrder()
    {
        var one = StorageEventMessages.S3("a")["{\"Records\":[".Length..^2];
        var read = Parse($"{{\"Records\":[{one},{one.Replace("\"key\":\"a\"", "\"key\":\"b\"")}]}}");

        read.Events.Select(happened => happened.Key).Should().Equal("a", "b");
    }

    [Theory]
    [InlineData("ObjectRemoved:Delete", "Removed")]
    [InlineData("ObjectRemoved:DeleteMarkerCreated", "Removed")]
    [InlineData("s3:ObjectCreated:CompleteMultipartUpload", "Created")]
    [InlineData("ObjectRestore:Post", "Other")]
    [InlineData("ObjectCreatedByNobody", "Other")]
    public void Parse_EventName_DeterminesTheKind(string name, string kind) =>
        Parse(StorageEventMessages.S3(name: name)).Events.Single().Kind.ToString().Should().Be(kind);

    [Fact]
    public void Parse_TestMessage_IsTest() =>
        Parse(StorageEventMessages.S3Test).Should().BeEquivalentTo(new StorageEventMessage([]) { IsTest = true });

    [Fact]
    public void Parse_EventBridgeOfOtherService_HasNoEvents() =>
        Parse(StorageEventMessages.EventBridge.Replace("aws.s3", "aws.ec2")).Should().BeEquivalentTo(new StorageEventMessage([]));

    [Theory]
    [InlineData("red+flower.jpg", "red flower.jpg")]
    [InlineData("a%2Bb%2F%C3%A9%20", "a+b/é ")]
    [InlineData("%F0%9F%90%88", "🐈")]
    [InlineData("🐈", "🐈")]
    [InlineData("%252e", "%2e")]
    public void Parse_Key_IsDecodedOnce(string encoded, string key) =>
        Parse(StorageEventMessages.S3(encoded)).Events.Single().Key.Should().Be(key);

    [Theory]
    [InlineData("%")]
    [InlineData("a%2")]
    [InlineData("%zz")]
    [InlineData("%+1")]
    [InlineData("%ff")]
    [InlineData("%c0%ae")]
    public void Parse_InvalidKeyEncoding_IsAnError(string encoded) => Parse(StorageEventMessages.S3(encoded)).Error.Should().Contain("key");

    [Theory]
    [InlineData("", "JSON")]
    [InlineData("{", "JSON")]
    [InlineData("[]", "object")]
    [InlineData("null", "object")]
    [InlineData("{}", "neither")]
    [InlineData("""{"Records":{}}""", "array")]
    [InlineData("""{"Records":[1]}""", "no eventName")]
    [InlineData("""{"Records":[{"eventName":"ObjectCreated:Put","s3":{"bucket":{"name":1},"object":{"key":"a"}}}]}""", "no eventName")]
    [InlineData("""{"detail-type":"Object Created","source":"aws.s3","detail":{"bucket":{"name":"b"}}}""", "key")]
    [InlineData("""{"Type":"Notification","Message":"{"}""", "JSON")]
    [InlineData("""{"Type":"SubscriptionConfirmation","Message":"{}"}""", "neither")]
    [InlineData("""{"Records":[{"eventName":"\ud800"}]}""", "UTF-8")]
    public void Parse_UnreadableMessage_HasAReason(string message, string why)
    {
        var read = Parse(message);

        read.Error.Should().Contain(why).And.EndWith(".");
        read.Events.Should().BeEmpty();
    }

    [Theory]
    [InlineData("2.0", true)]
    [InlineData("2.99", true)]
    [InlineData("3.0", false)]
    [InlineData("20.1", false)]
    public void Parse_EventVersion_AcceptsLaterMinorsOnly(string version, bool isRead) =>
        (Parse(StorageEventMessages.S3(version: version)).Error is null).Should().Be(isRead);

    [Fact]
    public void Parse_NestedSnsEnvelope_IsAnError() =>
        Parse(StorageEventMessages.Sns(StorageEventMessages.Sns(StorageEventMessages.S3()))).Error.Should().Contain("neither");

    [Fact]
    public void Parse_AboveMaxMessageSize_IsAnError() =>
        Parse(new string(' ', StorageEventParser.MaxMessageSize) + "{}").Error.Should().Contain("1048578");

    [Theory]
    [InlineData("0055AED6DCD90281E5", "0055AED6DCD90281E6", -1)]
    [InlineData("00AB", "00AB00", 0)]
    [InlineData("00ab", "00AB", 0)]
    [InlineData("01", "00FF", 1)]
    [InlineData("A", "9FF", 1)]
    public void StorageSequencer_Compare_PadsWithZeros(string left, string right, int order) =>
        Math.Sign(new StorageSequencer(left).CompareTo(new StorageSequencer(right))).Should().Be(order);

    [Fact]
    public void Parse_CorruptedMessages_NeverThrows()
    {
        var random = new Random(20260301);
        byte[][] seeds = [.. new[]
        {
            StorageEventMessages.S3(), StorageEventMessages.S3Test, StorageEventMessages.MinIO, StorageEventMessages.Ceph,
            StorageEventMessages.EventBridge, StorageEventMessages.Sns(StorageEventMessages.S3()),
        }.Select(Encoding.UTF8.GetBytes)];
        var readable = 0;
        for (var run = 0; run < 50_000; run++)
        {
            var bytes = seeds[random.Next(seeds.Length)].ToArray();
            for (var change = random.Next(1, 6); change > 0; change--)
                bytes[random.Next(bytes.Length)] = random.Next(3) == 0 ? (byte)random.Next(256) : (byte)"{}[]\",:0a\\u%+"[random.Next(13)];
            var read = StorageEventParser.Parse(bytes.AsSpan(0, random.Next(20) == 0 ? random.Next(bytes.Length) : bytes.Length));
            readable += read.Error is null ? 1 : 0;
        }

        readable.Should().BeInRange(1000, 49_000, "both kinds were tried");
    }

    private static StorageEventMessage Parse(string message) => StorageEventParser.Parse(Encoding.UTF8.GetBytes(message));
}
