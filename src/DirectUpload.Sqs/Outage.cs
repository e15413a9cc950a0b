using Microsoft.Extensions.Logging;

namespace DirectUpload.Sqs;

/// <summary>
/// Whether one kind of work succeeds: said once when it begins to fail and once when it works again, however often it fails meanwhile; and for as long as nothing succeeds, it is tried more and more seldom.
/// </summary>
/// <param name="queue">The queue's name.</param>
/// <param name="work">What fails, for the log.</param>
/// <param name="quiet">For how long nothing must have failed before it is said to work again: where much goes on at once, half of it failing is one outage and not a hundred.</param>
/// <param name="clock">The time.</param>
/// <param name="logger">The log.</param>
/// <remarks>Source: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/</remarks>
internal sealed class Outage(string queue, string work, TimeSpan quiet, TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    private readonly Lock _lock = new();
    private DateTimeOffset _since;
    private DateTimeOffset _latest;
    private int _met;
    private int _running;
    private bool _waited;

    /// <summary>Whether the latest try failed.</summary>
    public bool IsOn => Volatile.Read(ref _running) > 0;

    /// <summary>How long to wait before the next try: zero, unless the latest failed; else never the same for all, so that not all come back at once.</summary>
    public TimeSpan Pause()
    {
        int failures;
        lock (_lock)
            (failures, _waited) = (_running, true);
        if (failures == 0)
            return TimeSpan.Zero;
        var full = Math.Min(LongestPause.TotalSeconds, 0.1 * Math.Pow(2, Math.Min(failures, 10)));
        return TimeSpan.FromSeconds(full * (0.5 + (Random.Shared.NextDouble() / 2)));
    }

    public void Failed(Exception failure)
    {
        lock (_lock)
        {
            _latest = clock.GetUtcNow();
            // What fails side by side is one try, however much it is.
            if (_running == 0 || _waited)
                (_running, _waited) = (_running + 1, false);
            if (_met++ > 0)
            {
                logger.OutageGoesOn(failure, work, queue);
                return;
            }

            _since = _latest;
        }

        logger.OutageBegan(failure, work, queue);
    }

    public void Succeeded()
    {
        int met;
        TimeSpan lasted;
        lock (_lock)
        {
            _running = 0;
            var now = clock.GetUtcNow();
            if (_met == 0 || now - _latest < quiet)
                return;
            (met, lasted) = (_met, now - _since);
            _met = 0;
        }

        logger.OutageIsOver(work, queue, lasted, met);
    }
}
