using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DirectUpload.AspNetCore.Health;

/// <summary>What <see cref="UploadHealth"/> finds, as a health check of the host.</summary>
internal sealed class UploadHealthCheck(UploadHealth health) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var report = await health.CheckAsync(cancellationToken).ConfigureAwait(false);
        var data = new Dictionary<string, object> { ["due"] = report.Due.Count };
        if (report.Due.Oldest is { } oldest)
            data["oldestDue"] = oldest;
        if (report.WorkerLookedAt is { } looked)
            data["workerLookedAt"] = looked;
        if (report.Faults.Count == 0)
            return HealthCheckResult.Healthy("Uploads can be granted, stored and finished.", data);
        var description = string.Join(' ', report.Faults.Select(fault => $"{fault.Part}: {fault.Detail}"));
        // Without a worker nothing is lost, and small uploads are finished all the same; a record that cannot be read holds up no other.
        return report.Faults.All(fault => fault.IsDegradation)
            ? HealthCheckResult.Degraded(description, data: data)
            : new HealthCheckResult(context.Registration.FailureStatus, description, report.Faults.Select(fault => fault.Exception).FirstOrDefault(it => it is not null), data);
    }
}
