using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using DirectUpload.Stores;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.AspNetCore.Tests.Flows;

/// <summary>The server's own events, really pushed to the host. No client confirms here, unless a test says so.</summary>
public abstract class StorageEventTests(S3ServerFixture server) : FlowTests(server)
{
    private const string Secret = "correct-horse-battery-staple";

    /// <summary>Fewer where a server takes too long for a thousand.</summary>
    protected virtual int UploadCount => 1000;

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);

    protected override TestHostOptions HostOptions => new()
    {
        Services = services => services.AddSingleton<TimeProvider>(_clock),
        Uploads = options => options.ConcurrentConfirmTimeout = TimeSpan.Zero,
        Map = app =>
        {
            app.MapDirectUploads("/uploads").AllowAnonymous();
            app.MapStorageEvents("/storage-events", o => o.Secret = Secret);
        },
    };

    // Of its own, for each test's host has an address of its own.
    public override async ValueTask InitializeAsync() => await StartAsync(await Server.CreateBucketAsync());

    [Fact]
    public async Task Event_ClientGoneAfterPut_UploadBecomesReady()
    {
        if (await Server.LacksAsync(S3Features.Events))
            return;
        await ForwardEventsToHostAsync();

        var grants = new[]
        {
            await UploadedAsync(TestFiles.Png()), await UploadedAsync(TestFiles.Png(), TestUploadRequest.Form),
            await UploadedAsync(TestFiles.Png(), new() { Profile = "in-place" }),
        };

        foreach (var grant in grants)
            await UntilAsync(UploadStatus.Ready, [grant]);
    }

    [Fact]
    public async Task Event_ReplacedContent_IsRejected()
    {
        if (await Server.LacksAsync(S3Features.Events))
            return;
        await ForwardEventsToHostAsync();

        await UntilAsync(UploadStatus.Rejected, [await UploadedAsync(TestFiles.Executable())]);
    }

    [Fact]
    public async Task Events_WithoutClientsOrWorker_FinishAThousandUploads()
    {
        if (await Server.LacksAsync(S3Features.Events))
            return;
        // What the host itself copies is no news: and LocalS3 keeps a thousand events at most.
        await ForwardEventsToHostAsync("staging/");

        await UntilAsync(UploadStatus.Ready, await ManyAsync(UploadCount));
    }

    [Fact]
    public async Task Clients_AndWorkerWithoutEvents_FinishAThousandUploads()
    {
        var grants = await ManyAsync(UploadCount);
        foreach (var confirmed in grants.Take(UploadCount / 2))
            (await Client.ConfirmAsync(confirmed)).ShouldBe(200);
        _clock.Advance(TimeSpan.FromHours(2));
        await App.Services.GetRequiredService<UploadWorker>().RunOnceAsync(TestContext.Current.CancellationToken);

        await UntilAsync(UploadStatus.Ready, grants);
    }

    [Fact]
    public async Task Events_RepeatedTenTimesAndShuffled_ChangeNothing()
    {
        if (await Server.LacksAsync(S3Features.Events))
            return;
        await Server.EnableNotificationsAsync(Bucket, (await EventReceiver.GetSharedAsync()).Endpoint);
        var grants = await ManyAsync(100);
        var told = (await (await EventReceiver.GetSharedAsync()).WaitForRecordsAsync(Bucket, 100)).Select(Message).ToArray();
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
    public async Task Post_WithoutTheSecret_IsUnauthorized(string? authorization)
    {
        var grant = await UploadedAsync(TestFiles.Png());

        (await PostAsync(EventOf(grant), authorization)).ShouldBeProblem(401, "unauthorized");

        (await App.RecordAsync(grant.Id)).Status.Should().Be(UploadStatus.Requested);
    }

    [Theory]
    [InlineData("Bearer correct-horse-battery-staple")]
    [InlineData("bearer correct-horse-battery-staple")]
    [InlineData("Basic OmNvcnJlY3QtaG9yc2UtYmF0dGVyeS1zdGFwbGU=")]
    public async Task Post_SecretAsBearerTokenOrPassword_IsAccepted(string authorization)
    {
        var grant = await UploadedAsync(TestFiles.Png());

        (await PostAsync(EventOf(grant), authorization)).ShouldBe(200);

        (await App.RecordAsync(grant.Id)).Status.Should().Be(UploadStatus.Ready);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"Records\":7}")]
    [InlineData("{\"hello\":\"world\"}")]
    public async Task Post_UnreadableMessage_IsABadRequest(string message) =>
        (await PostAsync(message, "Bearer " + Secret)).ShouldBeProblem(400, "invalid-request");

    [Fact]
    public async Task Post_MoreThanOneMebibyte_IsABadRequest() =>
        (await PostAsync("{\"Records\":[]," + new string(' ', 1024 * 1024) + "}", "Bearer " + Secret))
            .ShouldBeProblem(400, "invalid-request");

    private static string Message(JsonElement record) => $$"""{"Records":[{{record.GetRawText()}}]}""";

    private string EventOf(Grant grant) => JsonSerializer.Serialize(new
    {
        Records = new[]
        {
            new
            {
                eventVersion = "2.1",
                eventName = "ObjectCreated:Put",
                s3 = new { bucket = new { name = Bucket }, @object = new { key = $"staging/picture/{grant.Id}.png" } },
            },
        },
    });

    private Task ForwardEventsToHostAsync(string prefix = "") =>
        Server.EnableNotificationsAsync(Bucket, new($"http://events:{Secret}@{App.Http.BaseAddress!.Authority}/storage-events"), prefix);

    private async Task<ApiResponse> PostAsync(string message, string? authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/storage-events")
        {
            Content = new StringContent(message, Encoding.UTF8, "application/json"),
        };
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var response = await App.Http.SendAsync(request);
        return await ApiResponse.FromAsync(response);
    }

    private async Task PostShuffledAsync(string[] told)
    {
        var again = Enumerable.Repeat(told, 10).SelectMany(messages => messages).ToArray();
        new Random(7).Shuffle(again);
        await Parallel.ForEachAsync(
            again, new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (message, _) => (await PostAsync(message, "Bearer " + Secret)).ShouldBe(200));
    }

    private async Task<IReadOnlyList<Grant>> ManyAsync(int count)
    {
        var grants = new ConcurrentBag<Grant>();
        await Parallel.ForAsync(
            0, count, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (_, _) => grants.Add(await UploadedAsync(TestFiles.Png())));
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

        (await RecordsAsync(grants)).GroupBy(record => record.Status).Select(group => $"{group.Count()} {group.Key}")
            .Should().Equal($"{grants.Count} {status}");
    }
}
