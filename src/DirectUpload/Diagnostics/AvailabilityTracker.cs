using DirectUpload.Concurrency;
using DirectUpload.Stores;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Diagnostics;

/// <summary>Tracks whether storage and the record store are available to the worker.</summary>
/// <remarks>
/// A period of unavailability is logged when it starts and when it ends; failures in between are logged at Debug. Until a step succeeds,
/// the worker retries with growing delays.
/// </remarks>
internal sealed class AvailabilityTracker(TimeProvider clock, ILogger<AvailabilityTracker> logger)
{
    // Successes between failures do not end a failure period until none has failed for this long.
    private readonly FailureWindow _window = new(TimeSpan.FromSeconds(30), clock);

    /// <summary>Gets the delay before the next lease; zero unless steps have failed since the last success.</summary>
    public TimeSpan RetryDelay => _window.GetDelay();

    public void ReportFailure(Exception unavailable, UploadRecord? record = null)
    {
        if (_window.AddFailure())
            logger.DependencyUnavailable(unavailable);
        else if (record is null)
            logger.DependencyStillUnavailable(unavailable);
        else
            logger.UploadStepFailed(unavailable, record.Id, record.Status);
    }

    public void ReportSuccess()
    {
        if (_window.AddSuccess() is (var duration, var failures))
            logger.DependencyRecovered(duration, failures);
    }
}
