using DirectUpload.Client.Sending;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.Client.Tests;

public sealed class TransferMeterTests
{
    [Fact]
    public void Report_RetransmittedBytes_NeverDecreases()
    {
        var (clock, told) = (new FakeTimeProvider(), new RecordedProgress());
        var meter = new TransferMeter(1000, told, clock);

        Send(meter, clock, 300);
        Send(meter, clock, 200);
        meter.Lost(400);
        Send(meter, clock, 300);
        Send(meter, clock, 300);

        told.All.Select(progress => progress.BytesSent).Should().Equal(300, 500, 500, 700);
        told.All.Should().OnlyContain(progress => progress.TotalBytes == 1000);
    }

    [Fact]
    public void Report_SpeedAndRemaining_IncludeRetransmission()
    {
        var (clock, told) = (new FakeTimeProvider(), new RecordedProgress());
        var meter = new TransferMeter(1000, told, clock);

        Send(meter, clock, 100);
        told.All[^1].BytesPerSecond.Should().BeApproximately(100, 0.01);
        told.All[^1].Remaining.Should().BeCloseTo(TimeSpan.FromSeconds(9), TimeSpan.FromMilliseconds(1));

        meter.Lost(100);
        Send(meter, clock, 100);
        told.All[^1].BytesPerSecond.Should().BeApproximately(100, 0.01, "the line is as fast as before");
        told.All[^1].Remaining
            .Should().BeCloseTo(TimeSpan.FromSeconds(9), TimeSpan.FromMilliseconds(1), "and the first second was in vain");

        for (var second = 0; second < 30; second++)
            Send(meter, clock, 10);
        told.All[^1].BytesPerSecond.Should().BeApproximately(10, 0.1, "it forgets");
    }

    [Fact]
    public void Report_ManyBytes_AtMostTenPerSecondAndAtTheEnd()
    {
        var (clock, told) = (new FakeTimeProvider(), new RecordedProgress());
        var meter = new TransferMeter(1000, told, clock);

        for (var times = 0; times < 1000; times++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(1));
            meter.Sent(1);
        }

        told.All.Should().HaveCount(10);
        meter.Complete();
        told.All[^1].Should().Be(told.All[^1] with { BytesSent = 1000, Remaining = TimeSpan.Zero });
    }

    [Fact]
    public async Task Upload_FailedParts_ProgressEndsAtTheTotal()
    {
        await using var stage = await TestEnvironment.StartAsync();
        using var file = new TemporaryFile(TestData.CreateBytes((3 * TestProfiles.PartSize) + 5));
        var (told, arrived) = (new RecordedProgress(), 0);
        stage.Storage.OnResponse = async (context, _) =>
        {
            await Task.Delay(150);
            return await DirectUploadClientResumeTests.AbortConnectionAsync(context, Interlocked.Increment(ref arrived) <= 3);
        };

        await stage.CreateClient().UploadAsync(file.Source, TestData.CreateRequest("parts"), new FileUploadOptions { Progress = told });

        told.All.Select(progress => progress.BytesSent).Should().BeInAscendingOrder();
        told.LastBytesSent.Should().Be(file.Bytes.Length);
    }

    private static void Send(TransferMeter meter, FakeTimeProvider clock, int bytes)
    {
        clock.Advance(TimeSpan.FromSeconds(1));
        meter.Sent(bytes);
    }
}
