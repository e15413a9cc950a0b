using DirectUpload.Stores;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.AspNetCore.Tests.Flows;

/// <summary>What event streams cost, counted at the store.</summary>
public sealed class EventStreamTests : IAsyncLifetime
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private readonly IUploadRecordStore _memory =
        new ServiceCollection().AddDirectUploads(it => it.Bucket = "uploads").UseInMemoryStore().Services.BuildServiceProvider()
            .GetRequiredService<IUploadRecordStore>();

    private CountingStore _counts = null!;
    private UploadApp _app = null!;

    private IDirectUploadService Uploads => _app.Services.GetRequiredService<IDirectUploadService>();

    public async ValueTask InitializeAsync()
    {
        (var store, _counts) = CountingStore.Wrap(_memory);
        _app = await UploadApp.StartAsync(new()
        {
            Services = services =>
            {
                services.AddSingleton<TimeProvider>(_clock);
                services.Replace(ServiceDescriptor.Singleton(store));
                TestSignIn.Add(services);
            },
            Pipeline = TestSignIn.Use,
            Map = app => app.MapDirectUploads("/uploads", o =>
                (o.MaxEventStreamsPerUpload, o.MaxEventStreamsPerOwner, o.MaxAnonymousEventStreams) = (3, 5, 4)).AllowAnonymous(),
        });
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Streams_OfOneUpload_ShareOneLookup()
    {
        var record = await _app.RecordAsync((await _app.Client.GrantAsync()).Id);
        await using (var one = await FollowAsync(record, 1))
            (await CountLookupsPerMinuteAsync()).Should().BeInRange(5, 25);

        await using var thousand = await FollowAsync(record, 1000);
        (await CountLookupsPerMinuteAsync()).Should().BeInRange(5, 25, "as many as for one");

        var known = (await _memory.FindAsync(record.Id, TestContext.Current.CancellationToken))!;
        var at = _clock.GetUtcNow().AddSeconds(1);
        IReadOnlyList<UploadTransition> transitions = [.. known.Transitions, new UploadTransition(UploadStatus.Aborted, at)];
        await _memory.TryUpdateAsync(
            known with { Status = UploadStatus.Aborted, UpdatedAt = at, Transitions = transitions }, TestContext.Current.CancellationToken);
        for (var waited = 0; waited < 400 && thousand.Ended < 1000; waited++)
            await TickAsync();
        thousand.Ended.Should().Be(1000, "each learns of the change that another process made");
        thousand.Seen.Should().OnlyContain(seen => seen == "Requested Aborted");
    }

    [Fact]
    public async Task Stream_AttemptRepeated_HasAnEventWithItsNumber()
    {
        var grant = await _app.Client.GrantAsync();
        var record = await _app.RecordAsync(grant.Id);
        var at = _clock.GetUtcNow().AddSeconds(1);
        IReadOnlyList<UploadTransition> transitions = [.. record.Transitions, new UploadTransition(UploadStatus.Processing, at)];
        var first = (await _memory.TryUpdateAsync(
            record with { Status = UploadStatus.Processing, UpdatedAt = at, Transitions = transitions, Attempts = 1 },
            TestContext.Current.CancellationToken))!;
        (await GetStatusAsync(grant)).TryGetProperty("attempts", out _).Should().BeFalse("the first attempt is no repetition");
        await using var follower = await FollowAsync(first, 1);

        await _memory.TryUpdateAsync(first with { Attempts = 2, LastError = "a secret" }, TestContext.Current.CancellationToken);

        for (var waited = 0; waited < 400 && !follower.Seen.Contains("Processing Processing"); waited++)
            await TickAsync();
        follower.Seen.Should().Equal("Processing Processing");
        var status = await GetStatusAsync(grant);
        status.GetProperty("attempts").GetInt32().Should().Be(2);
        status.ToString().Should().NotContain("a secret");
    }

    [Fact]
    public async Task Status_BetweenTwoAttempts_HasTheirNumber()
    {
        var grant = await _app.Client.GrantAsync();
        var record = await _app.RecordAsync(grant.Id);
        var uploaded = (await _memory.TryUpdateAsync(
            record with { Status = UploadStatus.Uploaded }, TestContext.Current.CancellationToken))!;
        (await GetStatusAsync(grant)).TryGetProperty("attempts", out _).Should().BeFalse("no attempt has begun");

        await _memory.TryUpdateAsync(uploaded with { Attempts = 1 }, TestContext.Current.CancellationToken);

        (await GetStatusAsync(grant)).GetProperty("attempts").GetInt32().Should().Be(1);
    }

    [Fact]
    public async Task Renewal_WithAThousandStreams_CostsAtMostOneWrite()
    {
        var grant = await _app.Client.GrantAsync();
        await using var thousand = await FollowAsync(await _app.RecordAsync(grant.Id), 1000);
        var (finds, updates) = (_counts.Finds, _counts.Updates);

        for (var renewed = 0; renewed < 5; renewed++)
            (await _app.Client.SendAsync(HttpMethod.Post, $"/{grant.Id}/renew", grant.WriteToken)).ShouldBe(200);

        await Task.Delay(50, TestContext.Current.CancellationToken);
        (_counts.Updates - updates).Should().BeInRange(1, 5, "a renewal that extends nothing, as the clock stands still, writes nothing");
        (_counts.Finds - finds).Should().Be(5, "each renewal looks its own upload up");
        thousand.Seen.Should().OnlyContain(seen => seen == "Requested");
    }

    [Fact]
    public async Task Change_ByThisProcess_ReachesStreamsWithoutALookup()
    {
        var grant = await _app.Client.GrantAsync();
        await using var followers = await FollowAsync(await _app.RecordAsync(grant.Id), 10);
        var finds = _counts.Finds;

        await Uploads.DeleteAsync(
            UploadId.Parse(grant.Id), UploadAccess.Application, cancellationToken: TestContext.Current.CancellationToken);

        await followers.WhenEnded.WaitAsync(Timeout, TestContext.Current.CancellationToken);
        followers.Seen.Should().OnlyContain(seen => seen == "Requested Aborted");
        (_counts.Finds - finds).Should().Be(1, "that of the deletion");
    }

    [Fact]
    public async Task Streams_Closed_CauseNoFurtherLookups()
    {
        var record = await _app.RecordAsync((await _app.Client.GrantAsync()).Id);
        await (await FollowAsync(record, 10)).DisposeAsync();

        (await CountLookupsPerMinuteAsync()).Should().BeInRange(0, 1);
    }

    [Fact]
    public async Task Streams_StoreUnavailable_EndAndCanBeReopened()
    {
        var record = await _app.RecordAsync((await _app.Client.GrantAsync()).Id);
        await using var followers = await FollowAsync(record, 10);
        _counts.FindException = new RecordStoreUnavailableException("not now");
        for (var waited = 0; waited < 400 && followers.Ended < 10; waited++)
            await TickAsync();
        followers.Ended.Should().Be(10, "a client comes back, and misses nothing");

        _counts.FindException = null;
        await using var next = await FollowAsync(record, 2);
        await Uploads.DeleteAsync(record.Id, UploadAccess.Application, cancellationToken: TestContext.Current.CancellationToken);
        await next.WhenEnded.WaitAsync(Timeout, TestContext.Current.CancellationToken);
        next.Seen.Should().OnlyContain(seen => seen == "Requested Aborted");
    }

    [Fact]
    public async Task Stream_BeyondTheLimit_Returns429UntilAnotherEnds()
    {
        var (first, second) = (await _app.Client.As("ada").GrantAsync(), await _app.Client.As("ada").GrantAsync());
        var open = new List<HttpResponseMessage>();
        for (var stream = 0; stream < 3; stream++)
            open.Add(await OpenAsync(first, HttpStatusCode.OK));

        using var refused = await OpenAsync(first, HttpStatusCode.TooManyRequests);
        (await ApiResponse.FromAsync(refused)).ShouldBeProblem(429, "too-many-streams").Header("retry-after").Should().Be("5");
        open.Add(await OpenAsync(second, HttpStatusCode.OK));
        open.Add(await OpenAsync(second, HttpStatusCode.OK));
        (await OpenAsync(second, HttpStatusCode.TooManyRequests, "the owner has five")).Dispose();

        open[0].Dispose();
        for (var tries = 0; ; tries++)
        {
            // The server notices in a moment that the client has gone.
            using var again = await SendAsync(second);
            if (again.StatusCode == HttpStatusCode.OK)
                break;
            tries.Should().BeLessThan(200);
            await Task.Delay(25, TestContext.Current.CancellationToken);
        }

        open.ForEach(stream => stream.Dispose());
    }

    [Fact]
    public async Task Streams_OfAnonymousUploads_ShareALimit()
    {
        var grants = new List<Grant>();
        for (var number = 0; number < 5; number++)
            grants.Add(await _app.Client.GrantAsync());
        var open = new List<HttpResponseMessage>();
        foreach (var grant in grants.Take(4))
            open.Add(await OpenAsync(grant, HttpStatusCode.OK));

        (await OpenAsync(grants[4], HttpStatusCode.TooManyRequests)).Dispose();

        open.ForEach(stream => stream.Dispose());
    }

    private async Task<HttpResponseMessage> OpenAsync(Grant grant, HttpStatusCode expected, string because = "")
    {
        var response = await SendAsync(grant);
        response.StatusCode.Should().Be(expected, because);
        return response;
    }

    private Task<HttpResponseMessage> SendAsync(Grant grant)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/uploads/{grant.Id}/events");
        request.Headers.Add("Upload-Token", grant.ReadToken);
        return _app.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private async Task<System.Text.Json.JsonElement> GetStatusAsync(Grant grant) =>
        (await _app.Client.SendAsync(HttpMethod.Get, $"/{grant.Id}", grant.ReadToken)).ShouldBe(200).Json;

    private async Task<int> CountLookupsPerMinuteAsync()
    {
        var finds = _counts.Finds;
        for (var ticks = 0; ticks < 240; ticks++)
            await TickAsync();
        return _counts.Finds - finds;
    }

    private async Task TickAsync()
    {
        _clock.Advance(TimeSpan.FromMilliseconds(250));
        await Task.Delay(2);
    }

    private async Task<StreamReaders> FollowAsync(UploadRecord record, int count)
    {
        var followers = new StreamReaders(count, cancelled => Uploads.WatchAsync(record.Id, UploadAccess.Application, null, cancelled));
        await followers.WhenBegun.WaitAsync(Timeout);
        return followers;
    }

    private sealed class StreamReaders : IAsyncDisposable
    {
        private readonly CancellationTokenSource _leaving = new();
        private readonly string[] _seen;
        private readonly TaskCompletionSource _begun = new();
        private readonly TaskCompletionSource _over = new();
        private int _first;
        private int _ended;

        public StreamReaders(int count, Func<CancellationToken, IAsyncEnumerable<Upload>> follow)
        {
            _seen = new string[count];
            for (var follower = 0; follower < count; follower++)
                _ = RunAsync(follower, follow(_leaving.Token));
        }

        public Task WhenBegun => _begun.Task;

        public Task WhenEnded => _over.Task;

        public int Ended => Volatile.Read(ref _ended);

        public IReadOnlyList<string> Seen => _seen;

        public async ValueTask DisposeAsync()
        {
            await _leaving.CancelAsync();
            await _over.Task.WaitAsync(Timeout);
            _leaving.Dispose();
        }

        private async Task RunAsync(int follower, IAsyncEnumerable<Upload> changes)
        {
            try
            {
                await foreach (var change in changes)
                {
                    _seen[follower] = _seen[follower] is { } before ? $"{before} {change.Status}" : $"{change.Status}";
                    if (!_seen[follower].Contains(' ') && Interlocked.Increment(ref _first) == _seen.Length)
                        _begun.TrySetResult();
                }
            }
            catch (Exception)
            {
                // Left, or failed with the store.
            }
            finally
            {
                if (Interlocked.Increment(ref _ended) == _seen.Length)
                    _over.TrySetResult();
            }
        }
    }
}
