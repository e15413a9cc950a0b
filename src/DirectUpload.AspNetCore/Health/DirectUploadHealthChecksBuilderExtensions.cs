using DirectUpload.AspNetCore.Health;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers DirectUpload's health check.</summary>
public static class DirectUploadHealthChecksBuilderExtensions
{
    /// <summary>Adds a health check that verifies storage, the record store and the worker.</summary>
    /// <remarks>
    /// <para>
    /// The check signs, writes, reads and deletes a probe object in every bucket, below the staging prefix. It also checks that the record
    /// store responds and that a worker is active. It runs at most every 15 seconds, and returns the last result in between.
    /// </para>
    /// <para>
    /// The result is unhealthy if storage or the record store does not work, if storage refuses a setting of a profile, or if hung
    /// processors occupy every slot of the worker. It is degraded if no worker processes due records, or if a profile needs a feature that
    /// the storage server does not support (POST policies, conditional writes, CORS).
    /// </para>
    /// </remarks>
    /// <param name="builder">The builder that <c>AddHealthChecks()</c> returned.</param>
    /// <param name="name">The name of the check. The default is <c>directupload</c>.</param>
    /// <param name="failureStatus">The status to report when the check fails. Null, the default, reports unhealthy.</param>
    /// <param name="tags">Tags to filter health checks by.</param>
    /// <returns>The builder.</returns>
    public static IHealthChecksBuilder AddDirectUploads(
        this IHealthChecksBuilder builder, string name = "directupload", HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddCheck<UploadHealthCheck>(name, failureStatus, tags ?? []);
    }
}
