using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DirectUpload.AspNetCore.Health;

/// <summary>The health check that reports the result of <see cref="UploadHealth"/>.</summary>
internal sealed class UploadHealthCheck(UploadHealth health) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var report = await health.CheckAsync(cancellationToken).ConfigureAwait(false);
        var data = new Dictionary<string, object> { ["due"] = report.BacklogCount };
        if (report.OldestDueAt is { } oldest)
            data["oldestDue"] = oldest;
        if (report.WorkerLastPolledAt is { } polled)
            data["workerLookedAt"] = polled;
        var description = string.Join(' ', report.Failures.Concat(report.Degradations));
        // Without a worker nothing is lost, and small uploads still finish. A record that cannot be read does not delay others.
        return report switch
        {
            { Failures.Count: > 0 } => new HealthCheckResult(context.Registration.FailureStatus, description, report.Exception, data),
            { Degradations.Count: > 0 } => HealthCheckResult.Degraded(description, data: data),
            _ => HealthCheckResult.Healthy("Uploads can be granted, stored and finished.", data),
        };
    }
}
