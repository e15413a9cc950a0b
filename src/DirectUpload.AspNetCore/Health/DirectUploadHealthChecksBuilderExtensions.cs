using DirectUpload.AspNetCore.Health;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds DirectUpload to the host's health checks.</summary>
public static class DirectUploadHealthChecksBuilderExtensions
{
    /// <summary>
    /// Checks that uploads can be granted and finished: a probe is signed, written, read and deleted in every bucket (below the staging prefix), the record store answers, and a worker is alive. Looks at most every
    /// 15 seconds, however often it is asked. Unhealthy when storage or store don't work, when storage refuses what a profile asks of it, or when hung processors hold every place of the worker; degraded when no
    /// worker does what is due, or a profile needs what the bucket's server cannot do (POST policies, conditional writes, CORS).
    /// </summary>
    /// <param name="builder">What <c>AddHealthChecks()</c> returned.</param>
    /// <param name="name">The check's name. Default <c>directupload</c>.</param>
    /// <param name="failureStatus">What to report when storage or store don't work. Default unhealthy.</param>
    /// <param name="tags">Tags to filter by.</param>
    public static IHealthChecksBuilder AddDirectUploads(
        this IHealthChecksBuilder builder, string name = "directupload", HealthStatus? failureStatus = null, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddCheck<UploadHealthCheck>(name, failureStatus, tags ?? []);
    }
}
