namespace DirectUpload.Testing.Tests;

public sealed class UploadTestClockTests
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void GetUtcNow_AfterAdvance_HasMovedOn()
    {
        var clock = new UploadTestClock(Start);
        var stamp = clock.GetTimestamp();

        clock.Advance(TimeSpan.FromDays(2));

        clock.GetUtcNow().Should().BeCloseTo(Start.AddDays(2), TimeSpan.FromSeconds(20));
        clock.GetElapsedTime(stamp).Should().BeCloseTo(TimeSpan.FromDays(2), TimeSpan.FromSeconds(20));
        clock.Invoking(it => it.Advance(TimeSpan.FromTicks(-1))).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public async Task Delay_Advanced_Ends()
    {
        var clock = new UploadTestClock();
        var early = Task.Delay(TimeSpan.FromHours(1), clock);
        var late = Task.Delay(TimeSpan.FromHours(3), clock);

        clock.Advance(TimeSpan.FromHours(2));

        await early.WaitAsync(TimeSpan.FromSeconds(20));
        late.IsCompleted.Should().BeFalse();
        clock.Advance(TimeSpan.FromHours(2));
        await late.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Delay_NotAdvanced_EndsInRealTime() =>
        await Task.Delay(TimeSpan.FromMilliseconds(50), new UploadTestClock(Start)).WaitAsync(TimeSpan.FromSeconds(20));

    [Fact]
    public async Task PeriodicTimer_Advanced_TicksAndGoesOn()
    {
        var clock = new UploadTestClock();
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), clock);

        for (var tick = 0; tick < 3; tick++)
        {
            var next = timer.WaitForNextTickAsync().AsTask();
            next.IsCompleted.Should().BeFalse();
            clock.Advance(TimeSpan.FromHours(1));
            (await next.WaitAsync(TimeSpan.FromSeconds(20))).Should().BeTrue();
        }
    }

    [Fact]
    public async Task Timer_Disposed_DoesNotFire()
    {
        var clock = new UploadTestClock();
        var fired = 0;
        var timer = clock.CreateTimer(_ => fired++, null, TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan);
        await timer.DisposeAsync();

        clock.Advance(TimeSpan.FromDays(1));
        await Task.Delay(100);

        fired.Should().Be(0);
    }
}
