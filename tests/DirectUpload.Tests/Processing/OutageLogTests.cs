using DirectUpload.Processing;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.Tests.Processing;

public sealed class OutageLogTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly LogLines<Reachability> _log = new();

    [Fact]
    public void An_outage_is_said_once_when_it_begins_and_once_when_it_is_over()
    {
        var reachability = new Reachability(_clock, _log);
        for (var step = 0; step < 1000; step++)
        {
            reachability.Failed(new HttpRequestException("out"));
            if (step % 2 == 0)
                reachability.Succeeded(); // half of it works, which is no reason to say so 500 times
            _clock.Advance(TimeSpan.FromSeconds(3.6));
        }

        _clock.Advance(TimeSpan.FromMinutes(1));
        reachability.Succeeded();
        reachability.Succeeded();

        _log.Lines.Where(line => !line.StartsWith("Debug", StringComparison.Ordinal)).Should().HaveCount(2)
            .And.SatisfyRespectively(
                began => began.Should().StartWith("Warning: Storage, the record store or what a processor needs fails"),
                over => over.Should().StartWith("Information: ").And.Contain("1000 steps"));
    }

    [Fact]
    public void While_nothing_succeeds_the_worker_asks_more_and_more_seldom()
    {
        var reachability = new Reachability(_clock, _log);
        reachability.Pause.Should().Be(TimeSpan.Zero);
        var pauses = new List<TimeSpan>();
        for (var step = 0; step < 20; step++)
        {
            reachability.Failed(new HttpRequestException("out"));
            pauses.Add(reachability.Pause);
        }

        pauses.Should().BeInAscendingOrder();
        pauses[0].Should().BeLessThan(TimeSpan.FromSeconds(1));
        pauses[^1].Should().Be(TimeSpan.FromSeconds(15));
        reachability.Succeeded();
        reachability.Pause.Should().Be(TimeSpan.Zero);
    }
}
