using Amazon.S3;
using DirectUpload.Storage;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.Tests.Storage;

public sealed class StorageCallsTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(200);

    private readonly StorageCalls _calls = new("b", new StorageLimits(Short), null);

    [Fact]
    public async Task RunAsync_ClientThatIgnoresCancellation_IsLeftBehind()
    {
        var never = new TaskCompletionSource<int>();

        var call = () => _calls.RunAsync("HeadObject", "k", _ => never.Task, default);

        (await call.Should().ThrowAsync<StorageUnavailableException>()).Which.Message.Should().Be("Storage did not answer HeadObject on bucket b within 0:00:00.2.");
    }

    [Fact]
    public async Task RunAsync_AnswerAfterTheLimit_IsDisposed()
    {
        var late = new TaskCompletionSource<Disposed>();
        await _calls.Awaiting(it => it.RunAsync("GetObject", "k", _ => late.Task, default)).Should().ThrowAsync<StorageUnavailableException>();
        var answer = new Disposed();

        late.SetResult(answer);

        await answer.Done.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task RunAsync_CallerCancels_IsCanceled()
    {
        using var source = new CancellationTokenSource();
        var never = new TaskCompletionSource<int>();
        var call = new StorageCalls("b", StorageLimits.Default, null).RunAsync("HeadObject", "k", _ => never.Task, source.Token);

        await source.CancelAsync();

        await call.Awaiting(it => it).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task RunAsync_CallThatMakesProgress_IsWaitedFor()
    {
        var calls = new StorageCalls("b", new StorageLimits(TimeSpan.FromSeconds(2)), null);
        var done = await calls.RunAsync(
            new StorageCall("b", "PutObject", "k"),
            async (token, progressed) =>
            {
                for (var step = 0; step < 15; step++)
                {
                    await Task.Delay(200, token);
                    progressed();
                }

                return true;
            },
            default);
        done.Should().BeTrue("no 2 seconds passed without progress");
    }

    [Theory]
    [InlineData(0, 15)]
    [InlineData(8L * 1024 * 1024, 16)]
    [InlineData(80L * 1024 * 1024, 25)]
    [InlineData(5L * 1024 * 1024 * 1024 * 1024, 915)]
    public void For_Bytes_GrowsUpToABound(long bytes, int seconds) => StorageLimits.Default.For(new("b", "CopyObject", "k", bytes)).Should().Be(TimeSpan.FromSeconds(seconds));

    [Fact]
    public async Task ReadAsync_StreamThatStalls_IsUnavailable()
    {
        await using var stream = new BoundedStream(new Stalling(), _calls, new("b", "GetObject", "k"));

        await stream.Awaiting(it => it.ReadAsync(new byte[10]).AsTask()).Should().ThrowAsync<StorageUnavailableException>();
        await stream.Awaiting(it => it.ReadAsync(new byte[10]).AsTask()).Should().ThrowAsync<ObjectDisposedException>();
    }

    [Fact]
    public async Task Read_StreamThatStalls_IsUnavailable()
    {
        await using var stream = new BoundedStream(new Stalling(), _calls, new("b", "GetObject", "k"));

        stream.Invoking(it => it.Read(new byte[10], 0, 10)).Should().Throw<StorageUnavailableException>();
    }

    [Fact]
    public async Task RunAsync_Refusal_IsLoggedOnceAMinuteAndEndsWithSuccess()
    {
        var (clock, log) = (new FakeTimeProvider(), new LogLines<StorageRefusals>());
        var refusals = new StorageRefusals(clock, log);
        var calls = new StorageCalls("b", StorageLimits.Default, refusals);
        var refusing = () => calls.RunAsync<int>("PutObject", "staging/1", _ => throw new AmazonS3Exception("No.") { ErrorCode = "AccessDenied", StatusCode = System.Net.HttpStatusCode.Forbidden }, default);

        for (var second = 0; second < 90; second++)
        {
            await refusing.Should().ThrowAsync<StorageRefusedException>();
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        log.Lines.Where(line => line.StartsWith("Error", StringComparison.Ordinal)).Should().HaveCount(2)
            .And.AllSatisfy(line => line.Should().Contain("PutObject").And.Contain("bucket b").And.Contain("AccessDenied").And.Contain("s3:PutObject on arn:aws:s3:::b/staging/*"));
        refusals.Of("b").Should().ContainSingle();
        await calls.RunAsync("PutObject", "elsewhere/1", _ => Task.FromResult(1), default);
        refusals.Of("b").Should().ContainSingle("that says nothing about staging/");
        await calls.RunAsync("PutObject", "staging/2", _ => Task.FromResult(1), default);
        refusals.Of("b").Should().BeEmpty();

        await refusing.Should().ThrowAsync<StorageRefusedException>();
        clock.Advance(TimeSpan.FromMinutes(11));
        refusals.Of("b").Should().BeEmpty("it has not been refused for long");
    }

    [Fact]
    public async Task Succeeded_AnyCall_EndsRefusalOfWholeBucket()
    {
        var refusals = new StorageRefusals(TimeProvider.System, new LogLines<StorageRefusals>());
        var calls = new StorageCalls("b", StorageLimits.Default, refusals);
        await calls.Awaiting(it => it.RunAsync<int>(
            "HeadBucket", null, _ => throw new AmazonS3Exception("No.") { ErrorCode = "NoSuchBucket", StatusCode = System.Net.HttpStatusCode.NotFound }, default)).Should().ThrowAsync<StorageRefusedException>();

        await calls.RunAsync("HeadObject", "staging/1", _ => Task.FromResult(1), default);

        refusals.Of("b").Should().BeEmpty("the bucket is there");
    }

    private sealed class Disposed : IDisposable
    {
        public TaskCompletionSource Done { get; } = new();

        public void Dispose() => Done.TrySetResult();
    }

    /// <summary>Never reads anything, whatever its token.</summary>
    private sealed class Stalling : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(new TaskCompletionSource<int>().Task);
    }
}
