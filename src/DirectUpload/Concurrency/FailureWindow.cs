namespace DirectUpload.Concurrency;

/// <summary>Tracks whether one kind of work succeeds, and how long to wait before the next try.</summary>
/// <param name="recoveryPeriod">
/// The time without a failure after which the work counts as recovered. With parallel work, it prevents a new failure period after each
/// success.
/// </param>
/// <param name="clock">Provides the time.</param>
/// <remarks>
/// The packages that retry against a service share this file and log their own messages.
/// Source: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
/// </remarks>
internal sealed class FailureWindow(TimeSpan recoveryPeriod, TimeProvider clock)
{
    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(15);

    private readonly Lock _lock = new();
    private DateTimeOffset _unavailableSince;
    private DateTimeOffset _lastFailureAt;
    private int _totalFailures;
    private int _consecutiveFailures;
    private bool _isDelayTaken;

    /// <summary>Whether the latest try failed.</summary>
    public bool IsUnavailable => Volatile.Read(ref _consecutiveFailures) > 0;

    /// <summary>
    /// Gets how long to wait before the next try: zero after a success, else twice as long after each failure, up to 15 seconds.
    /// </summary>
    public TimeSpan GetDelay()
    {
        lock (_lock)
        {
            _isDelayTaken = true;
            return _consecutiveFailures == 0
                ? TimeSpan.Zero
                : TimeSpan.FromSeconds(Math.Min(MaxDelay.TotalSeconds, 0.1 * Math.Pow(2, Math.Min(_consecutiveFailures, 10))));
        }
    }

    /// <summary>Gets the delay, shortened at random by up to a half, so that hosts do not retry at the same moment.</summary>
    public TimeSpan GetJitteredDelay() => GetDelay() * (0.5 + (Random.Shared.NextDouble() / 2));

    /// <summary>Counts a failure.</summary>
    /// <returns>Whether it is the first failure since the work last counted as recovered.</returns>
    public bool AddFailure()
    {
        lock (_lock)
        {
            _lastFailureAt = clock.GetUtcNow();
            // Failures of parallel work count as one try, until a caller gets the delay for the next one.
            if (_consecutiveFailures == 0 || _isDelayTaken)
                (_consecutiveFailures, _isDelayTaken) = (_consecutiveFailures + 1, false);
            if (_totalFailures++ > 0)
                return false;
            _unavailableSince = _lastFailureAt;
            return true;
        }
    }

    /// <summary>Counts a success.</summary>
    /// <returns>The duration and the number of the failures, when the work counts as recovered now; else null.</returns>
    public (TimeSpan Duration, int Failures)? AddSuccess()
    {
        lock (_lock)
        {
            _consecutiveFailures = 0;
            var now = clock.GetUtcNow();
            if (_totalFailures == 0 || now - _lastFailureAt < recoveryPeriod)
                return null;
            var ended = (now - _unavailableSince, _totalFailures);
            _totalFailures = 0;
            return ended;
        }
    }
}
