using System.Net;
using System.Net.Sockets;
using Amazon.S3;
using Amazon.S3.Model;
using DirectUpload.TestKit;

namespace DirectUpload.LocalS3.Tests.Operations;

public class EventPublisherTests
{
    private const string Queue = "arn:aws:sqs:us-east-1:000000000000:uploads";

    [Fact]
    public async Task Deleting_many_sends_an_event_per_existing_object()
    {
        await using var told = await EventFixture.StartAsync();
        await told.PutAsync("a");
        await told.PutAsync("b");
        await told.S3.DeleteObjectsAsync(
            new() { BucketName = "uploads", Objects = [new() { Key = "a" }, new() { Key = "missing" }, new() { Key = "b" }] });
        (await told.EventsAsync(4))
            .Should().Equal("ObjectCreated:Put a", "ObjectCreated:Put b", "ObjectRemoved:Delete a", "ObjectRemoved:Delete b");
    }

    [Fact]
    public async Task Tag_and_ACL_events_have_version_2_3_and_no_sequencer()
    {
        await using var told = await EventFixture.StartAsync("s3:ObjectTagging:*", "s3:ObjectAcl:Put");
        await told.PutAsync("a");
        await told.S3.PutObjectTaggingAsync(
            new() { BucketName = "uploads", Key = "a", Tagging = new() { TagSet = [new() { Key = "k", Value = "v" }] } });
        await told.S3.DeleteObjectTaggingAsync(new() { BucketName = "uploads", Key = "a" });
        await told.S3.PutObjectAclAsync(new() { BucketName = "uploads", Key = "a", ACL = S3CannedACL.PublicRead });
        (await told.EventsAsync(3)).Should().Equal("ObjectTagging:Put a", "ObjectTagging:Delete a", "ObjectAcl:Put a");
        foreach (var record in await told.Receiver.WaitForRecordsAsync("uploads", 3))
        {
            record.GetProperty("eventVersion").GetString().Should().Be("2.3");
            var members = record.GetProperty("s3").GetProperty("object").EnumerateObject().Select(member => member.Name);
            members.Should().Equal("key", "eTag");
        }
    }

    [Fact]
    public async Task A_removal_event_has_only_key_and_sequencer()
    {
        await using var told = await EventFixture.StartAsync("s3:ObjectRemoved:*");
        await told.PutAsync("a");
        await told.S3.DeleteObjectAsync("uploads", "a");
        var record = (await told.Receiver.WaitForRecordsAsync("uploads", 1)).Should().ContainSingle().Which;
        record.GetProperty("s3").GetProperty("object").EnumerateObject().Select(member => member.Name).Should().Equal("key", "sequencer");
    }

    [Fact]
    public async Task A_configuration_survives_a_restart()
    {
        await using var receiver = await EventReceiver.StartAsync();
        using var folder = new TemporaryFolder();
        var options =
            new LocalS3Options { Url = "http://127.0.0.1:0", DataDirectory = folder.Path, EventEndpoint = receiver.Endpoint.ToString() };
        for (var run = 1; run <= 2; run++)
        {
            await using var server = await LocalS3Server.StartAsync(options);
            using var s3 = new AmazonS3Client(options.AccessKey, options.SecretKey, new AmazonS3Config
            {
                ServiceURL = server.Endpoint.ToString(),
                ForcePathStyle = true,
                AuthenticationRegion = options.Region,
            });
            if (run == 1)
                await s3.PutBucketNotificationAsync(Configuration("s3:ObjectCreated:*"));
            await s3.PutObjectAsync(new() { BucketName = "uploads", Key = $"run-{run}", ContentBody = "x" });
        }
        (await receiver.WaitForRecordsAsync("uploads", 2)).Should().HaveCount(2);
    }

    [Fact]
    public async Task A_configuration_needs_an_event_endpoint()
    {
        await using var server = await LocalS3TestServer.StartAsync();
        var refusal = (await server.Awaiting(s => s.S3.PutBucketNotificationAsync(Configuration("s3:ObjectCreated:*")))
            .Should().ThrowAsync<AmazonS3Exception>()).Which;
        (refusal.StatusCode, refusal.ErrorCode).Should().Be((HttpStatusCode.BadRequest, "InvalidArgument"));
        refusal.Message.Should().Contain("LocalS3Options.EventEndpoint");
    }

    [Fact]
    public async Task A_put_does_not_wait_for_its_event()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var server = await LocalS3TestServer.StartAsync(configure: o => o.EventEndpoint = $"http://{silent.LocalEndpoint}");
        await server.S3.PutBucketNotificationAsync(Configuration("s3:ObjectCreated:*"));
        for (var i = 0; i < 20; i++)
        {
            // An endpoint that is waited for would take its five seconds here.
            var put = server.S3.PutObjectAsync(new() { BucketName = "uploads", Key = "a", ContentBody = "x" });
            (await put.WaitAsync(TimeSpan.FromSeconds(4))).HttpStatusCode.Should().Be(HttpStatusCode.OK);
        }
        silent.Stop();
        (await server.S3.PutObjectAsync(new() { BucketName = "uploads", Key = "a", ContentBody = "x" })).HttpStatusCode
            .Should().Be(HttpStatusCode.OK);
    }

    private static PutBucketNotificationRequest Configuration(params string[] events) => new()
    {
        BucketName = "uploads",
        QueueConfigurations = [new() { Id = "all", Queue = Queue, Events = [.. events.Select(name => new EventType(name))] }],
    };

    /// <summary>A server that tells a receiver of its own.</summary>
    private sealed record EventFixture(EventReceiver Receiver, LocalS3TestServer Server) : IAsyncDisposable
    {
        public AmazonS3Client S3 => Server.S3;

        public static async Task<EventFixture> StartAsync(params string[] events)
        {
            var receiver = await EventReceiver.StartAsync();
            var server = await LocalS3TestServer.StartAsync(configure: o => o.EventEndpoint = receiver.Endpoint.ToString());
            await server.S3.PutBucketNotificationAsync(
                Configuration(events.Length > 0 ? events : ["s3:ObjectCreated:*", "s3:ObjectRemoved:*"]));
            return new(receiver, server);
        }

        public Task<PutObjectResponse> PutAsync(string key) =>
            S3.PutObjectAsync(new() { BucketName = "uploads", Key = key, ContentBody = "x" });

        public async Task<IEnumerable<string>> EventsAsync(int count) => (await Receiver.WaitForRecordsAsync("uploads", count))
            .Select(record => $"{record.GetProperty("eventName")} {record.GetProperty("s3").GetProperty("object").GetProperty("key")}");

        public async ValueTask DisposeAsync()
        {
            await Server.DisposeAsync();
            await Receiver.DisposeAsync();
        }
    }
}
