using DirectUpload.Diagnostics;
using DirectUpload.Tests.Fixtures;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.Tests.Diagnostics;

public sealed class AvailabilityTrackerTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly CapturedLog<AvailabilityTracker> _log = new();

    [Fact]
    public void Failed_Repeatedly_LogsStartAndEndOnce()
    {
        var reachability = new AvailabilityTracker(_clock, _log);
        for (var step = 0; step < 1000; step++)
        {
            reachability.ReportFailure(new HttpRequestException("out"));
            if (step % 2 == 0)
                reachability.ReportSuccess(); // half of it works, which is no reason to say so 500 times
            _clock.Advance(TimeSpan.FromSeconds(3.6));
        }

        _clock.Advance(TimeSpan.FromMinutes(1));
        reachability.ReportSuccess();
        reachability.ReportSuccess();

        _log.Lines.Where(line => !line.StartsWith("Debug", StringComparison.Ordinal)).Should().HaveCount(2)
            .And.SatisfyRespectively(
                began => began.Should().StartWith("Warning: Storage, the record store or a dependency of a processor became unavailable"),
                over => over.Should().StartWith("Information: ").And.Contain("1000 steps"));
    }

    [Fact]
    public void Failed_Repeatedly_IncreasesTheDelay()
    {
        var reachability = new AvailabilityTracker(_clock, _log);
        reachability.RetryDelay.Should().Be(TimeSpan.Zero);
        var pauses = new List<TimeSpan>();
        for (var step = 0; step < 20; step++)
        {
            reachability.ReportFailure(new HttpRequestException("out"));
            pauses.Add(reachability.RetryDelay);
        }

        pauses.Should().BeInAscendingOrder();
        pauses[0].Should().BeLessThan(TimeSpan.FromSeconds(1));
        pauses[^1].Should().Be(TimeSpan.FromSeconds(15));
        reachability.ReportSuccess();
        reachability.RetryDelay.Should().Be(TimeSpan.Zero);
    }
}
