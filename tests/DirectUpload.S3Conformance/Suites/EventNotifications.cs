using System.Runtime.CompilerServices;
using System.Text.Json;

namespace DirectUpload.S3Conformance.Suites;

/// <summary>Tests events of a bucket, which a topic forwards to an HTTP endpoint.</summary>
public abstract class EventNotifications(S3ServerFixture server) : ConformanceSuite(server)
{
    private const string AllEvents = "<Event>s3:ObjectCreated:*</Event><Event>s3:ObjectRemoved:*</Event>";

    [Fact]
    public async Task A_notification_configuration_round_trips()
    {
        var bucket = await Server.CreateBucketAsync();
        var topic = await Server.CreateTopicAsync();
        var put = await Configure(
            bucket, Rule(topic, "<Event>s3:ObjectCreated:Put</Event>" + Filter("prefix", "in/") + Filter("suffix", ".png")));
        var got = await SendAuthorized(Configuration("GET", bucket));
        Expect($"{put}, {got.GetElement("Id")}, {got.GetElement("Topic") == topic}, {got.GetElement("Event")}, " +
            string.Join(' ', got.GetElements("Value").Order()), "200, one, True, s3:ObjectCreated:Put, .png in/");
    }

    [Fact]
    public async Task A_new_bucket_has_an_empty_notification_configuration()
    {
        var answer = await SendAuthorized(Configuration("GET", await Server.CreateBucketAsync()));
        var there = answer.Text.Contains("<NotificationConfiguration", StringComparison.Ordinal);
        Expect($"{answer}, {there}, {answer.GetElements("Event").Count()}", "200, True, 0");
    }

    [Fact]
    public async Task A_put_event_contains_key_size_and_ETag()
    {
        if (await CreateListenedBucket() is not { } bucket) return;
        await SendAuthorized(WireRequest.ForObject("PUT", bucket, "a").WithBody("hello"));
        var received = (await ReceivedRecords(bucket, 1)).Single().GetProperty("s3").GetProperty("object");
        Expect($"{received.GetProperty("key")}, {received.GetProperty("size")}, {received.GetProperty("eTag")}",
            "a, 5, 5d41402abc4b2a76b9719d911017c592");
    }

    [Fact]
    public async Task Put_post_copy_and_delete_have_event_names()
    {
        if (await CreateListenedBucket() is not { } bucket) return;
        await SendAuthorized(WireRequest.ForObject("PUT", bucket, "a").WithBody("hello"));
        await Send(new PostForm(Signer, bucket).With("key", "b").Build());
        await SendAuthorized(WireRequest.ForObject("PUT", bucket, "c").WithHeader("x-amz-copy-source", $"/{bucket}/a"));
        await SendAuthorized(WireRequest.ForObject("DELETE", bucket, "a"));
        Expect(
            Names(await ReceivedRecords(bucket, 4)),
            "ObjectCreated:Put a, ObjectCreated:Post b, ObjectCreated:Copy c, ObjectRemoved:Delete a");
    }

    [Fact]
    public async Task An_event_s_key_is_form_encoded()
    {
        if (await CreateListenedBucket() is not { } bucket) return;
        await SendAuthorized(WireRequest.ForObject("PUT", bucket, "in/red flower+\u00e9@.jpg").WithBody("x"));
        Expect(Names(await ReceivedRecords(bucket, 1)), "ObjectCreated:Put in/red+flower%2B%C3%A9%40.jpg");
    }

    [Fact]
    public async Task An_event_contains_version_source_and_bucket()
    {
        if (await CreateListenedBucket() is not { } bucket) return;
        await SendAuthorized(WireRequest.ForObject("PUT", bucket, "a").WithBody("x"));
        var record = (await ReceivedRecords(bucket, 1)).Single();
        var s3 = record.GetProperty("s3");
        Expect($"{record.GetProperty("eventVersion")}, {record.GetProperty("eventSource")}, {s3.GetProperty("s3SchemaVersion")}, " +
            $"{s3.GetProperty("configurationId")}, {s3.GetProperty("bucket").GetProperty("arn").GetString()!.Replace(bucket, "BUCKET")}",
            "2.1, aws:s3, 1.0, one, arn:aws:s3:::BUCKET");
    }

    [Fact]
    public async Task An_event_contains_region_client_and_request()
    {
        if (await CreateListenedBucket() is not { } bucket) return;
        var put = await SendAuthorized(WireRequest.ForObject("PUT", bucket, "a").WithBody("x"));
        var record = (await ReceivedRecords(bucket, 1)).Single();
        var request = record.GetProperty("responseElements").GetProperty("x-amz-request-id").GetString();
        Expect($"{record.GetProperty("awsRegion")}, {record.GetProperty("requestParameters").GetProperty("sourceIPAddress")}, " +
            $"{request == put.GetHeader("x-amz-request-id")}", "us-east-1, 127.0.0.1, True");
    }

    [Fact]
    public async Task An_event_s_time_is_UTC_with_milliseconds()
    {
        if (await CreateListenedBucket() is not { } bucket) return;
        await SendAuthorized(WireRequest.ForObject("PUT", bucket, "a").WithBody("x"));
        var time = (await ReceivedRecords(bucket, 1)).Single().GetProperty("eventTime").GetString()!;
        Expect(System.Text.RegularExpressions.Regex.Replace(time, "[0-9]", "0"), "0000-00-00T00:00:00.000Z");
    }

    [Fact]
    public async Task Later_changes_of_a_key_have_a_greater_sequencer()
    {
        if (await CreateListenedBucket() is not { } bucket) return;
        for (var i = 0; i < 8; i++) await SendAuthorized(WireRequest.ForObject("PUT", bucket, "a").WithBody($"{i}"));
        await SendAuthorized(WireRequest.ForObject("DELETE", bucket, "a"));
        var received = (await ReceivedRecords(bucket, 9))
            .Select(record => record.GetProperty("s3").GetProperty("object").GetProperty("sequencer").GetString()!);
        Expect($"{received.Distinct().Count()}, {received.SequenceEqual(received.Order(StringComparer.Ordinal))}", "9, True");
    }

    [Fact]
    public async Task Only_configured_events_are_sent()
    {
        if (await CreateListenedBucket("<Event>s3:ObjectCreated:Copy</Event>") is not { } bucket) return;
        await SendAuthorized(WireRequest.ForObject("PUT", bucket, "a").WithBody("x"));
        await SendAuthorized(WireRequest.ForObject("PUT", bucket, "b").WithHeader("x-amz-copy-source", $"/{bucket}/a"));
        Expect(Names(await ReceivedRecords(bucket, 1)), "ObjectCreated:Copy b");
    }

    [Fact]
    public async Task Only_keys_that_match_the_filter_send_events()
    {
        if (await CreateListenedBucket(AllEvents + Filter("prefix", "in/") + Filter("suffix", ".png")) is not { } bucket) return;
        foreach (var key in new[] { "in/a.txt", "out/a.png", "in/a.png" })
            await SendAuthorized(WireRequest.ForObject("PUT", bucket, key).WithBody("x"));
        Expect(Names(await ReceivedRecords(bucket, 1)), "ObjectCreated:Put in/a.png");
    }

    [Fact]
    public async Task An_empty_configuration_stops_the_events()
    {
        if (await CreateListenedBucket() is not { } bucket) return;
        await SendAuthorized(WireRequest.ForObject("PUT", bucket, "before").WithBody("x"));
        var received = await ReceivedRecords(bucket, 1);
        await SendAuthorized(Configuration("PUT", bucket).WithBody("<NotificationConfiguration/>").WithContentMd5());
        await SendAuthorized(WireRequest.ForObject("PUT", bucket, "after").WithBody("x"));
        var answer = await SendAuthorized(Configuration("GET", bucket));
        Expect($"{Names(received)}, then {answer.GetElements("Event").Count()}", "ObjectCreated:Put before, then 0");
    }

    [Fact]
    public async Task A_refused_put_sends_no_event()
    {
        if (await CreateListenedBucket() is not { } bucket) return;
        await Send(WireRequest.ForObject("PUT", bucket, "refused").WithBody("x"));
        await SendAuthorized(WireRequest.ForObject("PUT", bucket, "taken").WithBody("x"));
        Expect(Names(await ReceivedRecords(bucket, 1)), "ObjectCreated:Put taken");
    }

    [Fact]
    public async Task A_new_configuration_sends_a_test_event()
    {
        if (await CreateListenedBucket() is not { } bucket) return;
        // A later event shows that the test event had enough time to arrive.
        await SendAuthorized(WireRequest.ForObject("PUT", bucket, "a").WithBody("x"));
        await ReceivedRecords(bucket, 1);
        var tests = await (await EventReceiver.GetSharedAsync()).WaitForTestEventsAsync(bucket, 0);
        Expect(
            string.Join(", ", tests.Select(test => $"{test.GetProperty("Service")} {test.GetProperty("Event")}")),
            "Amazon S3 s3:TestEvent");
    }

    [Theory]
    [InlineData("arn:aws:sns:nonsense")]
    [InlineData("topic")]
    public async Task A_topic_that_is_not_an_ARN_is_refused(string topic) => Expect(
        $"{await Configure(await Server.CreateBucketAsync(), Rule(topic, AllEvents))}", "400 InvalidArgument", of: topic);

    [Fact]
    public async Task An_unknown_event_is_refused() => Expect(
        $"{await Configure(await Server.CreateBucketAsync(), Rule(await Server.CreateTopicAsync(), "<Event>s3:ObjectEaten:*</Event>"))}",
        "400 InvalidArgument");

    [Fact]
    public async Task A_filter_other_than_prefix_or_suffix_is_refused() => Expect(
        $"{await Configure(await Server.CreateBucketAsync(), Rule(await Server.CreateTopicAsync(), AllEvents + Filter("infix", "a")))}",
        "400 InvalidArgument");

    [Fact]
    public async Task Two_configurations_for_one_event_are_refused()
    {
        var topic = await Server.CreateTopicAsync();
        var rules = Rule(topic, "<Event>s3:ObjectCreated:*</Event>") + Rule(topic, "<Event>s3:ObjectCreated:Put</Event>", id: "two");
        Expect($"{await Configure(await Server.CreateBucketAsync(), rules)}", "400 InvalidArgument");
    }

    [Fact]
    public async Task Two_configurations_for_different_keys_are_accepted()
    {
        var topic = await Server.CreateTopicAsync();
        var rules = Rule(topic, AllEvents + Filter("suffix", ".png")) + Rule(topic, AllEvents + Filter("suffix", ".jpg"), id: "two");
        Expect($"{await Configure(await Server.CreateBucketAsync(), rules)}", "200");
    }

    /// <summary>A bucket that sends its events. Null on a server that has declared what it answers instead: the case ends there.</summary>
    private async Task<string?> CreateListenedBucket(string rule = AllEvents, [CallerMemberName] string name = "")
    {
        var bucket = await Server.CreateBucketAsync();
        var answer = $"{await Configure(bucket, Rule(await Server.CreateTopicAsync(), rule))}";
        if (answer == "200") return bucket;
        Expect(answer, "200", name: name);
        return null;
    }

    private static WireRequest Configuration(string method, string bucket) =>
        WireRequest.ForObject(method, bucket).WithQuery("notification", "");

    private Task<WireResponse> Configure(string bucket, string rules) => SendAuthorized(Configuration("PUT", bucket)
        .WithBody($"<NotificationConfiguration>{rules}</NotificationConfiguration>".Replace("</Filter><Filter>", "")
            .Replace("</S3Key><S3Key>", ""))
        .WithContentMd5());

    private static string Rule(string topic, string content, string id = "one") =>
        $"<TopicConfiguration><Id>{id}</Id><Topic>{topic}</Topic>{content}</TopicConfiguration>";

    // Neighbours are joined into one filter by Configure.
    private static string Filter(string name, string value) =>
        $"<Filter><S3Key><FilterRule><Name>{name}</Name><Value>{value}</Value></FilterRule></S3Key></Filter>";

    private static async Task<IReadOnlyList<JsonElement>> ReceivedRecords(string bucket, int count) =>
        await (await EventReceiver.GetSharedAsync()).WaitForRecordsAsync(bucket, count);

    private static string Names(IEnumerable<JsonElement> records) => string.Join(", ",
        records.Select(record => $"{record.GetProperty("eventName")} {record.GetProperty("s3").GetProperty("object").GetProperty("key")}"));
}
