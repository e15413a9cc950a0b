using System.Diagnostics;
using DirectUpload.Imaging.Processes;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.Imaging.Tests.Processes;

public sealed class DecoderWatchTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly Process _sleeping = Process.Start("sleep", "600");

    public void Dispose()
    {
        _sleeping.Kill();
        _sleeping.Dispose();
    }

    [Fact]
    public async Task Timeout_ProcessThatDidNotCompute_IsNoFaultOfTheImage()
    {
        using var watch = CreateWatch(new ImagingOptions { Timeout = TimeSpan.FromMinutes(1) });
        watch.StartTimeout();
        _clock.Advance(TimeSpan.FromSeconds(59));
        watch.CancellationToken.IsCancellationRequested.Should().BeFalse();

        _clock.Advance(TimeSpan.FromSeconds(1));

        await _sleeping.WaitForExitAsync();
        watch.CancellationToken.IsCancellationRequested.Should().BeTrue();
        watch.Explain(_sleeping.ExitCode).Should().Be(DecoderDeath.Starved);
    }

    [Fact]
    public async Task Timeout_ProcessThatComputed_IsAFaultOfTheImage()
    {
        // No time at all is required, so that any process has computed for half of it.
        using var watch = CreateWatch(new ImagingOptions { Timeout = TimeSpan.Zero });
        watch.StartTimeout();

        _clock.Advance(TimeSpan.FromMilliseconds(1));

        await _sleeping.WaitForExitAsync();
        watch.Explain(_sleeping.ExitCode).Should().Be(DecoderDeath.TimedOut);
    }

    [Fact]
    public async Task Memory_BeyondTheLimit_EndsTheProcess()
    {
        using var watch = CreateWatch(new ImagingOptions { MemoryLimit = 4096 });

        _clock.Advance(TimeSpan.FromSeconds(1));

        await _sleeping.WaitForExitAsync();
        watch.Explain(_sleeping.ExitCode).Should().Be(DecoderDeath.MemoryExceeded);
    }

    [Fact]
    public void Memory_WithinTheLimit_LeavesTheProcess()
    {
        using var watch = CreateWatch(new ImagingOptions());

        _clock.Advance(TimeSpan.FromSeconds(10));

        _sleeping.HasExited.Should().BeFalse();
        watch.CancellationToken.IsCancellationRequested.Should().BeFalse();
    }

    [Theory]
    [InlineData(137, DecoderDeath.Killed)]
    [InlineData(139, DecoderDeath.Crashed)]
    [InlineData(134, DecoderDeath.Crashed)]
    [InlineData(1, DecoderDeath.Crashed)]
    [InlineData(0, DecoderDeath.Crashed)]
    [InlineData(null, DecoderDeath.Crashed)]
    internal void Explain_ExitCode_IsClassified(int? exitCode, DecoderDeath death)
    {
        using var watch = CreateWatch(new ImagingOptions());

        watch.Explain(exitCode).Should().Be(death);
    }

    private DecoderWatch CreateWatch(ImagingOptions options) => new(_sleeping, options, _clock);
}
