using Amazon.S3;
using DirectUpload.Storage;
using DirectUpload.Tests.Fixtures;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.Tests.Storage;

public sealed class StorageCallExecutorTests
{
    private static readonly TimeSpan ShortTimeout = TimeSpan.FromMilliseconds(200);

    private readonly StorageCallExecutor _calls = new("b", new StorageTimeouts(ShortTimeout), null);

    [Fact]
    public async Task RunAsync_ClientIgnoresCancellation_TimesOut()
    {
        var never = new TaskCompletionSource<int>();

        var call = () => _calls.RunAsync("HeadObject", "k", _ => never.Task, default);

        (await call.Should().ThrowAsync<StorageUnavailableException>()).Which.Message
            .Should().Be("Storage did not answer HeadObject on bucket b within 0:00:00.2.");
    }

    [Fact]
    public async Task RunAsync_ResponseAfterTimeout_IsDisposed()
    {
        var late = new TaskCompletionSource<DisposalProbe>();
        await _calls.Awaiting(it => it.RunAsync("GetObject", "k", _ => late.Task, default))
            .Should().ThrowAsync<StorageUnavailableException>();
        var answer = new DisposalProbe();

        late.SetResult(answer);

        await answer.Disposed.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task RunAsync_CallerCancels_IsCanceled()
    {
        using var source = new CancellationTokenSource();
        var never = new TaskCompletionSource<int>();
        var call = new StorageCallExecutor("b", StorageTimeouts.Default, null).RunAsync("HeadObject", "k", _ => never.Task, source.Token);

        await source.CancelAsync();

        await call.Awaiting(it => it).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task RunAsync_CallWithProgress_DoesNotTimeOut()
    {
        var calls = new StorageCallExecutor("b", new StorageTimeouts(TimeSpan.FromSeconds(2)), null);
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
    public void GetTimeout_Bytes_GrowsUpToAMaximum(long bytes, int seconds) =>
        StorageTimeouts.Default.GetTimeout(new("b", "CopyObject", "k", bytes)).Should().Be(TimeSpan.FromSeconds(seconds));

    [Fact]
    public async Task ReadAsync_StalledStream_IsUnavailable()
    {
        await using var stream = new TimeLimitedStream(new StalledStream(), _calls, new("b", "GetObject", "k"));

        await stream.Awaiting(it => it.ReadAsync(new byte[10]).AsTask()).Should().ThrowAsync<StorageUnavailableException>();
        await stream.Awaiting(it => it.ReadAsync(new byte[10]).AsTask()).Should().ThrowAsync<ObjectDisposedException>();
    }

    [Fact]
    public async Task Read_StalledStream_IsUnavailable()
    {
        await using var stream = new TimeLimitedStream(new StalledStream(), _calls, new("b", "GetObject", "k"));

        stream.Invoking(it => it.Read(new byte[10], 0, 10)).Should().Throw<StorageUnavailableException>();
    }

    [Fact]
    public async Task RunAsync_Refused_LogsOncePerMinuteUntilSuccess()
    {
        var (clock, log) = (new FakeTimeProvider(), new CapturedLog<StorageRefusalTracker>());
        var refusals = new StorageRefusalTracker(clock, log);
        var calls = new StorageCallExecutor("b", StorageTimeouts.Default, refusals);
        var refusing = () => calls.RunAsync<int>(
            "PutObject", "staging/1",
            _ => throw new AmazonS3Exception("No.") { ErrorCode = "AccessDenied", StatusCode = System.Net.HttpStatusCode.Forbidden },
            default);

        for (var second = 0; second < 90; second++)
        {
            await refusing.Should().ThrowAsync<StorageRefusedException>();
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        log.Lines.Where(line => line.StartsWith("Error", StringComparison.Ordinal)).Should().HaveCount(2)
            .And.AllSatisfy(line => line.Should().Contain("PutObject").And.Contain("bucket b").And.Contain("AccessDenied").And.Contain(
                "s3:PutObject on arn:aws:s3:::b/staging/*"));
        refusals.GetRecent("b").Should().ContainSingle();
        await calls.RunAsync("PutObject", "elsewhere/1", _ => Task.FromResult(1), default);
        refusals.GetRecent("b").Should().ContainSingle("that says nothing about staging/");
        await calls.RunAsync("PutObject", "staging/2", _ => Task.FromResult(1), default);
        refusals.GetRecent("b").Should().BeEmpty();

        await refusing.Should().ThrowAsync<StorageRefusedException>();
        clock.Advance(TimeSpan.FromMinutes(11));
        refusals.GetRecent("b").Should().BeEmpty("it has not been refused for long");
    }

    [Fact]
    public async Task RunAsync_AnySuccess_ClearsTheRefusalOfTheBucket()
    {
        var refusals = new StorageRefusalTracker(TimeProvider.System, new CapturedLog<StorageRefusalTracker>());
        var calls = new StorageCallExecutor("b", StorageTimeouts.Default, refusals);
        await calls.Awaiting(it => it.RunAsync<int>(
            "HeadBucket", null,
            _ => throw new AmazonS3Exception("No.") { ErrorCode = "NoSuchBucket", StatusCode = System.Net.HttpStatusCode.NotFound },
            default)).Should().ThrowAsync<StorageRefusedException>();

        await calls.RunAsync("HeadObject", "staging/1", _ => Task.FromResult(1), default);

        refusals.GetRecent("b").Should().BeEmpty("the bucket is there");
    }

    private sealed class DisposalProbe : IDisposable
    {
        public TaskCompletionSource Disposed { get; } = new();

        public void Dispose() => Disposed.TrySetResult();
    }

    /// <summary>Never reads anything, whatever its token.</summary>
    private sealed class StalledStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            new(new TaskCompletionSource<int>().Task);
    }
}
