using OpenTelemetry;

namespace Telemetry;

/// <summary>Two names are all that OpenTelemetry needs to know; take this as it is.</summary>
internal static class DirectUploadInstrumentation
{
    public static OpenTelemetryBuilder AddDirectUploadInstrumentation(this OpenTelemetryBuilder telemetry) =>
        telemetry.WithMetrics(metrics => metrics.AddMeter("DirectUpload")).WithTracing(tracing => tracing.AddSource("DirectUpload"));
}
