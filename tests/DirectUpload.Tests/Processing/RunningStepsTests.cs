using DirectUpload.Processing;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.Tests.Processing;

/// <summary>What the health check reads to report a worker whose places are all held.</summary>
public sealed class RunningStepsTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public async Task HeldSince_AllPlacesTaken_IsTheStartOfTheYoungest()
    {
        using var steps = new RunningSteps(2, _clock);
        var (first, second) = (new TaskCompletionSource<bool>(), new TaskCompletionSource<bool>());
        var start = _clock.GetUtcNow();
        await steps.FreeAsync(TestContext.Current.CancellationToken);
        steps.Begin(() => first.Task);
        steps.HeldSince.Should().BeNull("one place is free");

        _clock.Advance(TimeSpan.FromMinutes(5));
        await steps.FreeAsync(TestContext.Current.CancellationToken);
        steps.Begin(() => second.Task);
        _clock.Advance(TimeSpan.FromMinutes(20));
        steps.HeldSince.Should().Be(start + TimeSpan.FromMinutes(5));

        first.SetResult(true);
        await steps.FreeAsync(TestContext.Current.CancellationToken);
        steps.HeldSince.Should().BeNull("a place is free again");
        second.SetResult(true);
        await steps.AllAsync();
    }
}
