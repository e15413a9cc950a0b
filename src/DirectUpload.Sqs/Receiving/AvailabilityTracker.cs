using DirectUpload.Concurrency;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Sqs.Receiving;

/// <summary>Tracks whether one kind of work on a queue succeeds, and logs when it starts to fail and when it recovers.</summary>
/// <param name="queue">The queue's name.</param>
/// <param name="work">The work, as the log names it.</param>
/// <param name="recoveryPeriod">How long no failure must happen before the work counts as recovered.</param>
/// <param name="clock">The time.</param>
/// <param name="logger">The log.</param>
internal sealed class AvailabilityTracker(string queue, string work, TimeSpan recoveryPeriod, TimeProvider clock, ILogger logger)
{
    private readonly FailureWindow _window = new(recoveryPeriod, clock);

    /// <summary>Gets whether the latest try failed.</summary>
    public bool IsUnavailable => _window.IsUnavailable;

    /// <summary>Gets how long to wait before the next try: zero unless the latest one failed.</summary>
    public TimeSpan GetDelay() => _window.GetJitteredDelay();

    public void ReportFailure(Exception failure)
    {
        if (_window.AddFailure())
            logger.WorkFailing(failure, work, queue);
        else
            logger.WorkStillFailing(failure, work, queue);
    }

    public void ReportSuccess()
    {
        if (_window.AddSuccess() is (var duration, var failures))
            logger.WorkRecovered(work, queue, duration, failures);
    }
}
