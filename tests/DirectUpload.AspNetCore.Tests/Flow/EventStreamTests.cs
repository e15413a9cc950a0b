using DirectUpload.Records;
using DirectUpload.Uploads;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.AspNetCore.Tests.Flow;

/// <summary>What event streams cost, counted at the store.</summary>
public sealed class EventStreamTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private readonly IUploadRecordStore _memory =
        new ServiceCollection().AddDirectUploads(it => it.Bucket = "uploads").UseInMemoryStore().Services.BuildServiceProvider().GetRequiredService<IUploadRecordStore>();

    private CountedStore _counts = null!;
    private UploadApp _app = null!;

    private DirectUploadService Uploads => _app.Services.GetRequiredService<DirectUploadService>();

    public async ValueTask InitializeAsync()
    {
        (var store, _counts) = CountedStore.Around(_memory);
        _app = await UploadApp.StartAsync(new()
        {
            Services = services =>
            {
                services.AddSingleton<TimeProvider>(_clock);
                services.Replace(ServiceDescriptor.Singleton(store));
                TestSignIn.Add(services);
            },
            Pipeline = TestSignIn.Use,
            Map = app => app.MapDirectUploads("/uploads", o => (o.MaxEventStreamsPerUpload, o.MaxEventStreamsPerOwner, o.MaxAnonymousEventStreams) = (3, 5, 4)).AllowAnonymous(),
        });
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Followers_OfOneUpload_ShareOneLookUp()
    {
        var record = await _app.RecordAsync((await _app.Client.GrantAsync()).Id);
        await using (var one = await FollowAsync(record, 1))
            (await LookUpsOfAMinuteAsync()).Should().BeInRange(5, 25);

        await using var thousand = await FollowAsync(record, 1000);
        (await LookUpsOfAMinuteAsync()).Should().BeInRange(5, 25, "as many as for one");

        await _memory.TryUpdateAsync((await _memory.FindAsync(record.Id, TestContext.Current.CancellationToken))!.MovedTo(UploadStatus.Aborted, _clock.GetUtcNow().AddSeconds(1)), TestContext.Current.CancellationToken);
        for (var waited = 0; waited < 400 && thousand.Ended < 1000; waited++)
            await TickAsync();
        thousand.Ended.Should().Be(1000, "each learns of the change that another process made");
        thousand.Seen.Should().OnlyContain(seen => seen == "Requested Aborted");
    }

    [Fact]
    public async Task Renewal_WhileAThousandFollow_CostsOneWriteAtMost()
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
    public async Task Change_ByThisProcess_ReachesFollowersWithoutALookUp()
    {
        var grant = await _app.Client.GrantAsync();
        await using var followers = await FollowAsync(await _app.RecordAsync(grant.Id), 10);
        var finds = _counts.Finds;

        await Uploads.DeleteAsHostAsync(UploadId.Parse(grant.Id), TestContext.Current.CancellationToken);

        await followers.WhenEnded.WaitAsync(Patience, TestContext.Current.CancellationToken);
        followers.Seen.Should().OnlyContain(seen => seen == "Requested Aborted");
        (_counts.Finds - finds).Should().Be(1, "that of the deletion");
    }

    [Fact]
    public async Task Followers_WhoHaveLeft_AreNotLookedUpFor()
    {
        var record = await _app.RecordAsync((await _app.Client.GrantAsync()).Id);
        await (await FollowAsync(record, 10)).DisposeAsync();

        (await LookUpsOfAMinuteAsync()).Should().BeInRange(0, 1);
    }

    [Fact]
    public async Task Followers_WhenTheStoreIsUnavailable_End_AndTheNextFollow()
    {
        var record = await _app.RecordAsync((await _app.Client.GrantAsync()).Id);
        await using var followers = await FollowAsync(record, 10);
        _counts.Fault = new RecordStoreUnavailableException("not now");
        for (var waited = 0; waited < 400 && followers.Ended < 10; waited++)
            await TickAsync();
        followers.Ended.Should().Be(10, "a client comes back, and misses nothing");

        _counts.Fault = null;
        await using var next = await FollowAsync(record, 2);
        await Uploads.DeleteAsHostAsync(record.Id, TestContext.Current.CancellationToken);
        await next.WhenEnded.WaitAsync(Patience, TestContext.Current.CancellationToken);
        next.Seen.Should().OnlyContain(seen => seen == "Requested Aborted");
    }

    [Fact]
    public async Task Stream_BeyondTheLimit_Answers429_UntilAnotherEnds()
    {
        var (first, second) = (await _app.Client.As("ada").GrantAsync(), await _app.Client.As("ada").GrantAsync());
        var open = new List<HttpResponseMessage>();
        for (var stream = 0; stream < 3; stream++)
            open.Add(await OpenAsync(first, HttpStatusCode.OK));

        using var refused = await OpenAsync(first, HttpStatusCode.TooManyRequests);
        (await Answer.OfAsync(refused)).ShouldBeProblem(429, "too-many-streams").Header("retry-after").Should().Be("5");
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

    [Theory]
    [InlineData(0)]
    [InlineData(10_001)]
    public void Limits_OutOfTheirBounds_AreRefused(int value)
    {
        var options = new DirectUploadEndpointOptions();
        FluentActions.Invoking(() => options.MaxEventStreamsPerUpload = value).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => options.MaxEventStreamsPerOwner = value).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => options.MaxAnonymousEventStreams = value).Should().Throw<ArgumentOutOfRangeException>();
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

    private async Task<int> LookUpsOfAMinuteAsync()
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

    private async Task<Followers> FollowAsync(UploadRecord record, int count)
    {
        var followers = new Followers(count, cancelled => Uploads.FollowRecordAsHostAsync(record, null, cancelled));
        await followers.WhenBegun.WaitAsync(Patience);
        return followers;
    }

    private sealed class Followers : IAsyncDisposable
    {
        private readonly CancellationTokenSource _leaving = new();
        private readonly string[] _seen;
        private readonly TaskCompletionSource _begun = new();
        private readonly TaskCompletionSource _over = new();
        private int _first;
        private int _ended;

        public Followers(int count, Func<CancellationToken, IAsyncEnumerable<UploadChange>> follow)
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
            await _over.Task.WaitAsync(Patience);
            _leaving.Dispose();
        }

        private async Task RunAsync(int follower, IAsyncEnumerable<UploadChange> changes)
        {
            try
            {
                await foreach (var change in changes)
                {
                    _seen[follower] = _seen[follower] is { } before ? $"{before} {change.Step.Status}" : $"{change.Step.Status}";
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
