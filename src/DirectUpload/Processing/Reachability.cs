using DirectUpload.Diagnostics;
using DirectUpload.Uploads;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Processing;

/// <summary>
/// Whether storage and store answer, as the worker sees it: an outage is said once when it begins and once when it is over, however many uploads meet it; and for as long as nothing
/// succeeds, the worker asks more and more seldom.
/// </summary>
internal sealed class Reachability(TimeProvider clock, ILogger<Reachability> logger)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);
    // When every other step fails, that is one outage and not a hundred.
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private DateTimeOffset _since;
    private DateTimeOffset _latest;
    private int _met;
    private int _running;

    /// <summary>How long to wait before the next claim; zero unless steps have failed since the last that succeeded.</summary>
    public TimeSpan Pause
    {
        get
        {
            lock (_lock)
                return _running == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, 0.1 * Math.Pow(2, Math.Min(_running, 10))));
        }
    }

    public void Failed(Exception outage, UploadRecord? record = null)
    {
        lock (_lock)
        {
            _latest = clock.GetUtcNow();
            _running++;
            if (_met++ > 0)
            {
                logger.OutageGoesOn(outage, record?.Id, record?.Status);
                return;
            }

            _since = _latest;
        }

        logger.OutageBegan(outage, record?.Id, record?.Status);
    }

    public void Succeeded()
    {
        int met;
        TimeSpan lasted;
        lock (_lock)
        {
            _running = 0;
            if (_met == 0 || clock.GetUtcNow() - _latest < Quiet)
                return;
            (met, lasted) = (_met, _latest - _since);
            _met = 0;
        }

        logger.OutageIsOver(lasted, met);
    }
}
