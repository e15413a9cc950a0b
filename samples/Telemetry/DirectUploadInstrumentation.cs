using OpenTelemetry;

namespace Telemetry;

/// <summary>Adds the meter and the activity source of DirectUpload to OpenTelemetry; copy it unchanged.</summary>
internal static class DirectUploadInstrumentation
{
    public static OpenTelemetryBuilder AddDirectUploadInstrumentation(this OpenTelemetryBuilder telemetry) =>
        telemetry.WithMetrics(metrics => metrics.AddMeter("DirectUpload")).WithTracing(tracing => tracing.AddSource("DirectUpload"));
}
