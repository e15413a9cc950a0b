using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using DirectUpload.Processing;
using DirectUpload.Uploads;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.AspNetCore.Tests.Flow;

/// <summary>The server's own events, really pushed to the host. No client confirms here, unless a test says so.</summary>
public abstract class StorageEvents(S3ServerFixture server) : FlowSuite(server)
{
    private const string Secret = "correct-horse-battery-staple";

    /// <summary>Fewer where a server takes too long for a thousand.</summary>
    protected virtual int Many => 1000;

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);

    protected override HostChoices Choices => new()
    {
        Services = services => services.AddSingleton<TimeProvider>(_clock),
        Uploads = options => options.ConfirmWait = TimeSpan.Zero,
        Map = app =>
        {
            app.MapDirectUploads("/uploads").AllowAnonymous();
            app.MapStorageEvents("/storage-events", o => o.Secret = Secret);
        },
    };

    // Of its own, for each test's host has an address of its own.
    public override async ValueTask InitializeAsync() => await StartAsync(await Server.CreateBucketAsync());

    [Fact]
    public async Task A_client_that_vanishes_after_its_PUT_finds_its_upload_ready()
    {
        if (await Server.LacksAsync(S3Features.Events))
            return;
        await TellTheHostAsync();

        var grants = new[] { await UploadedAsync(Bytes.Png()), await UploadedAsync(Bytes.Png(), Wanted.Form), await UploadedAsync(Bytes.Png(), new() { Profile = "in-place" }) };

        foreach (var grant in grants)
            await UntilAsync(UploadStatus.Ready, [grant]);
    }

    [Fact]
    public async Task Swapped_bytes_are_rejected_whoever_tells_of_them()
    {
        if (await Server.LacksAsync(S3Features.Events))
            return;
        await TellTheHostAsync();

        await UntilAsync(UploadStatus.Rejected, [await UploadedAsync(Bytes.Program())]);
    }

    [Fact]
    public async Task Events_alone_bring_a_thousand_uploads_to_their_end()
    {
        if (await Server.LacksAsync(S3Features.Events))
            return;
        // What the host itself copies is no news: and LocalS3 keeps a thousand events at most.
        await TellTheHostAsync("staging/");

        await UntilAsync(UploadStatus.Ready, await ManyAsync(Many));
    }

    [Fact]
    public async Task Clients_and_the_worker_bring_a_thousand_to_their_end_without_one_event()
    {
        var grants = await ManyAsync(Many);
        foreach (var confirmed in grants.Take(Many / 2))
            (await Client.ConfirmAsync(confirmed)).ShouldBe(200);
        _clock.Advance(TimeSpan.FromHours(2));
        await App.Services.GetRequiredService<UploadWorker>().RunOnceAsync(TestContext.Current.CancellationToken);

        await UntilAsync(UploadStatus.Ready, grants);
    }

    [Fact]
    public async Task Events_ten_times_over_and_shuffled_change_nothing()
    {
        if (await Server.LacksAsync(S3Features.Events))
            return;
        await Server.TellAsync(Bucket, (await EventReceiver.SharedAsync()).Endpoint);
        var grants = await ManyAsync(100);
        var told = (await (await EventReceiver.SharedAsync()).RecordsAsync(Bucket, 100)).Select(Message).ToArray();
        told.Should().HaveCountGreaterThanOrEqualTo(100);

        await PostShuffledAsync(told);
        await UntilAsync(UploadStatus.Ready, grants);
        var before = await RecordsAsync(grants);
        await PostShuffledAsync(told);

        (await RecordsAsync(grants)).Should().Equal(before);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer correct-horse-battery-stapler")]
    [InlineData("Bearer ")]
    [InlineData("Basic Y29ycmVjdA==")]
    [InlineData("Basic !")]
    public async Task Who_does_not_know_the_secret_is_not_heard(string? authorization)
    {
        var grant = await UploadedAsync(Bytes.Png());

        (await PostAsync(EventOf(grant), authorization)).ShouldBeProblem(401, "unauthorized");

        (await App.RecordAsync(grant.Id)).Status.Should().Be(UploadStatus.Requested);
    }

    [Theory]
    [InlineData("Bearer correct-horse-battery-staple")]
    [InlineData("bearer correct-horse-battery-staple")]
    [InlineData("Basic OmNvcnJlY3QtaG9yc2UtYmF0dGVyeS1zdGFwbGU=")]
    public async Task The_secret_is_taken_as_bearer_token_and_as_password(string authorization)
    {
        var grant = await UploadedAsync(Bytes.Png());

        (await PostAsync(EventOf(grant), authorization)).ShouldBe(200);

        (await App.RecordAsync(grant.Id)).Status.Should().Be(UploadStatus.Ready);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"Records\":7}")]
    [InlineData("{\"hello\":\"world\"}")]
    public async Task What_cannot_be_read_is_said(string message) => (await PostAsync(message, "Bearer " + Secret)).ShouldBeProblem(400, "invalid-request");

    [Fact]
    public async Task A_message_has_at_most_a_MiB() =>
        (await PostAsync("{\"Records\":[]," + new string(' ', 1024 * 1024) + "}", "Bearer " + Secret)).ShouldBeProblem(400, "invalid-request");

    private static string Message(JsonElement record) => $$"""{"Records":[{{record.GetRawText()}}]}""";

    private string EventOf(Grant grant) => JsonSerializer.Serialize(new
    {
        Records = new[] { new { eventVersion = "2.1", eventName = "ObjectCreated:Put", s3 = new { bucket = new { name = Bucket }, @object = new { key = $"staging/picture/{grant.Id}.png" } } } },
    });

    private Task TellTheHostAsync(string prefix = "") => Server.TellAsync(Bucket, new($"http://events:{Secret}@{App.Http.BaseAddress!.Authority}/storage-events"), prefix);

    private async Task<Answer> PostAsync(string message, string? authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/storage-events") { Content = new StringContent(message, Encoding.UTF8, "application/json") };
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var response = await App.Http.SendAsync(request);
        return await Answer.OfAsync(response);
    }

    private async Task PostShuffledAsync(string[] told)
    {
        var again = Enumerable.Repeat(told, 10).SelectMany(messages => messages).ToArray();
        new Random(7).Shuffle(again);
        await Parallel.ForEachAsync(again, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (message, _) => (await PostAsync(message, "Bearer " + Secret)).ShouldBe(200));
    }

    private async Task<IReadOnlyList<Grant>> ManyAsync(int count)
    {
        var grants = new ConcurrentBag<Grant>();
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (_, _) => grants.Add(await UploadedAsync(Bytes.Png())));
        return [.. grants];
    }

    private async Task<IReadOnlyList<UploadRecord>> RecordsAsync(IReadOnlyList<Grant> grants)
    {
        var records = new List<UploadRecord>();
        foreach (var grant in grants)
            records.Add(await App.RecordAsync(grant.Id));
        return records;
    }

    /// <summary>Events come when they come.</summary>
    private async Task UntilAsync(UploadStatus status, IReadOnlyList<Grant> grants)
    {
        for (var waited = System.Diagnostics.Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromMinutes(1); await Task.Delay(50))
        {
            if ((await RecordsAsync(grants)).All(record => record.Status == status))
                return;
        }

        (await RecordsAsync(grants)).GroupBy(record => record.Status).Select(group => $"{group.Count()} {group.Key}").Should().Equal($"{grants.Count} {status}");
    }
}
