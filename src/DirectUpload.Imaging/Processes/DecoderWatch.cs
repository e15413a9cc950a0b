using System.Diagnostics;

namespace DirectUpload.Imaging.Processes;

/// <summary>Watches the time and the memory of a decoder while it works on one image.</summary>
internal sealed class DecoderWatch : IDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);
    private const int KilledExitCode = 128 + 9;

    private readonly Process _process;
    private readonly ImagingOptions _options;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _limit = new();
    private readonly ITimer _memoryTimer;
    private ITimer? _timeTimer;
    private TimeSpan _computed;
    private DecoderDeath? _death;

    public DecoderWatch(Process process, ImagingOptions options, TimeProvider clock)
    {
        (_process, _options, _clock) = (process, options, clock);
        _memoryTimer = clock.CreateTimer(_ => CheckMemory(), null, PollInterval, PollInterval);
    }

    /// <summary>Gets a token that is canceled when a limit is exceeded; the process is killed then.</summary>
    public CancellationToken CancellationToken => _limit.Token;

    /// <summary>Starts the time limit: when the image has been sent, since storage takes as long as it takes.</summary>
    public void StartTimeout()
    {
        _computed = GetComputedTime();
        _timeTimer = _clock.CreateTimer(_ => End(IsStarved() ? DecoderDeath.Starved : DecoderDeath.TimedOut), null, _options.Timeout,
            Timeout.InfiniteTimeSpan);
    }

    /// <summary>Explains why the process ended.</summary>
    public DecoderDeath Explain(int? exitCode) =>
        _death ?? (exitCode == KilledExitCode ? DecoderDeath.Killed : DecoderDeath.Crashed);

    public void Dispose()
    {
        _memoryTimer.Dispose();
        _timeTimer?.Dispose();
        _limit.Dispose();
    }

    private void CheckMemory()
    {
        try
        {
            _process.Refresh();
            if (_process.WorkingSet64 > _options.MemoryLimit)
                End(DecoderDeath.MemoryExceeded);
        }
        catch (InvalidOperationException)
        {
            // It has ended already.
        }
    }

    private bool IsStarved() => GetComputedTime() - _computed < _options.Timeout / 2;

    private TimeSpan GetComputedTime()
    {
        try
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
        catch (InvalidOperationException)
        {
            return TimeSpan.Zero;
        }
    }

    private void End(DecoderDeath death)
    {
        try
        {
            _death ??= death;
            _process.Kill();
            _limit.Cancel();
        }
        catch (Exception exception) when (exception is InvalidOperationException or ObjectDisposedException)
        {
            // The image was finished at this moment.
        }
    }
}
