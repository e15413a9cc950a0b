using DirectUpload.Concurrency;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.Tests.Concurrency;

/// <summary>What the health check reads to report a worker whose places are all held.</summary>
public sealed class BoundedTaskRunnerTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public async Task SaturatedSince_AllSlotsBusy_IsTheLatestStart()
    {
        using var steps = new BoundedTaskRunner(2, _clock);
        var (first, second) = (new TaskCompletionSource<bool>(), new TaskCompletionSource<bool>());
        var start = _clock.GetUtcNow();
        await steps.WaitForFreeSlotAsync(TestContext.Current.CancellationToken);
        steps.Start(() => first.Task);
        steps.SaturatedSince.Should().BeNull("one place is free");

        _clock.Advance(TimeSpan.FromMinutes(5));
        await steps.WaitForFreeSlotAsync(TestContext.Current.CancellationToken);
        steps.Start(() => second.Task);
        _clock.Advance(TimeSpan.FromMinutes(20));
        steps.SaturatedSince.Should().Be(start + TimeSpan.FromMinutes(5));

        first.SetResult(true);
        await steps.WaitForFreeSlotAsync(TestContext.Current.CancellationToken);
        steps.SaturatedSince.Should().BeNull("a place is free again");
        second.SetResult(true);
        await steps.WaitForAllAsync();
    }
}
