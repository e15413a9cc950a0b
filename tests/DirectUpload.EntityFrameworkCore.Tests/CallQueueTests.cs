using System.Collections.Concurrent;
using DirectUpload.EntityFrameworkCore.Records;

namespace DirectUpload.EntityFrameworkCore.Tests;

public sealed class CallQueueTests
{
    private readonly ConcurrentQueue<int[]> _groups = new();
    private readonly TaskCompletionSource _firstEnds = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _begun;
    private int _running;

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_Alone_RunsAtOnce()
    {
        var queue = new CallQueue<int, int>(DoubleAsync, Timeout.InfiniteTimeSpan);

        (await queue.RunAsync(21, Ending)).Should().Be(42);
        (await queue.RunAsync(4, Ending)).Should().Be(8);

        _groups.Should().BeEquivalentTo<int[]>([[21], [4]], options => options.WithStrictOrdering());
    }

    [Fact]
    public async Task RunAsync_WhileAnotherRuns_RunTogetherAfterwards()
    {
        var queue = new CallQueue<int, int>(DoubleAfterFirstAsync, Timeout.InfiniteTimeSpan);
        var calls = Enumerable.Range(0, CallQueue<int, int>.MaxCalls + 2).Select(call => queue.RunAsync(call, Ending)).ToList();

        _firstEnds.SetResult();

        (await Task.WhenAll(calls)).Should().Equal(Enumerable.Range(0, calls.Count).Select(call => 2 * call));
        _groups.Select(group => group.Length).Should().Equal(1, CallQueue<int, int>.MaxCalls, 1);
    }

    [Fact]
    public async Task RunAsync_CanceledWhileWaiting_IsNotRun()
    {
        var queue = new CallQueue<int, int>(DoubleAfterFirstAsync, Timeout.InfiniteTimeSpan);
        using var canceled = CancellationTokenSource.CreateLinkedTokenSource(Ending);
        var first = queue.RunAsync(1, Ending);
        var second = queue.RunAsync(2, canceled.Token);
        var third = queue.RunAsync(3, Ending);

        await canceled.CancelAsync();
        _firstEnds.SetResult();

        await second.Invoking(call => call).Should().ThrowAsync<OperationCanceledException>();
        (await Task.WhenAll(first, third)).Should().Equal(2, 6);
        _groups.SelectMany(group => group).Should().Equal(1, 3);
    }

    [Fact]
    public async Task RunAsync_GroupFails_EachCallerGetsTheExceptionAndLaterCallsRun()
    {
        var queue = new CallQueue<int, int>(
            async calls =>
            {
                await DoubleAfterFirstAsync(calls);
                return calls.Contains(2) ? throw new TimeoutException("of the group") : [.. calls];
            },
            Timeout.InfiniteTimeSpan);
        var first = queue.RunAsync(1, Ending);
        Task<int>[] group = [queue.RunAsync(2, Ending), queue.RunAsync(3, Ending)];

        _firstEnds.SetResult();

        (await first).Should().Be(1);
        foreach (var call in group)
            await call.Invoking(it => it).Should().ThrowAsync<TimeoutException>().WithMessage("of the group");
        (await queue.RunAsync(4, Ending)).Should().Be(4);
    }

    [Fact]
    public async Task RunAsync_GroupHangs_LaterCallsRunNevertheless()
    {
        var queue = new CallQueue<int, int>(DoubleAfterFirstAsync, TimeSpan.FromMilliseconds(1));
        var hanging = queue.RunAsync(1, Ending);

        (await queue.RunAsync(2, Ending)).Should().Be(4);

        hanging.IsCompleted.Should().BeFalse();
        _firstEnds.SetResult();
        (await hanging).Should().Be(2);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RunAsync_ManyCallers_EachGetsItsOwnResult(bool isAsynchronous)
    {
        var queue = new CallQueue<int, int>(
            async calls =>
            {
                Interlocked.Increment(ref _running).Should().Be(1);
                if (isAsynchronous)
                    await Task.Yield();
                else
                    Thread.SpinWait(Random.Shared.Next(2_000));
                Interlocked.Decrement(ref _running);
                return await DoubleAsync(calls);
            },
            Timeout.InfiniteTimeSpan);

        await Parallel.ForEachAsync(
            Enumerable.Range(0, 5_000), new ParallelOptions { MaxDegreeOfParallelism = 24, CancellationToken = Ending },
            async (call, ending) => (await queue.RunAsync(call, ending)).Should().Be(2 * call));

        _groups.Sum(group => group.Length).Should().Be(5_000);
        _groups.Should().OnlyContain(group => group.Length <= CallQueue<int, int>.MaxCalls);
    }

    private Task<IReadOnlyList<int>> DoubleAsync(IReadOnlyList<int> calls)
    {
        _groups.Enqueue([.. calls]);
        return Task.FromResult<IReadOnlyList<int>>([.. calls.Select(call => 2 * call)]);
    }

    // The first group waits for the test.
    private async Task<IReadOnlyList<int>> DoubleAfterFirstAsync(IReadOnlyList<int> calls)
    {
        if (Interlocked.Increment(ref _begun) == 1)
            await _firstEnds.Task;
        return await DoubleAsync(calls);
    }
}
