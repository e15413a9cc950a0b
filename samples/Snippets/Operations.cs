using DirectUpload;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Snippets;

/// <summary>Monitors and maintains uploads.</summary>
internal static class Operations
{
    public static void Health(WebApplicationBuilder builder)
    {
        builder.Services.AddHealthChecks().AddDirectUploads();

        var app = builder.Build();

        app.MapHealthChecks("/health");
    }

    public static void Telemetry(WebApplicationBuilder builder)
    {
        builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics.AddMeter("DirectUpload"))
            .WithTracing(tracing => tracing.AddSource("DirectUpload"));
    }

    public static async Task LifecycleAsync(BucketLifecycleManager lifecycle)
    {
        await lifecycle.ApplyAsync();                                  // adds them to the rules of the bucket

        Console.WriteLine(lifecycle.CreateRulesJson());  // prints them for a template
    }

    public static async Task ReconcileAsync(UploadReconciler reconciler, CancellationToken cancellationToken)
    {
        await foreach (var discrepancy in reconciler.ScanAsync(cancellationToken: cancellationToken))
        {
            Console.WriteLine($"{discrepancy.Kind}: {discrepancy.Bucket}/{discrepancy.Key}, {discrepancy.Size} bytes");
            await reconciler.DeleteAsync(discrepancy, cancellationToken);   // deletes an orphan; uploads and their content stay
        }
    }

    public static async Task ListAsync(IDirectUploadService uploads, ILogger logger, CancellationToken cancellationToken)
    {
        await foreach (var upload in uploads.ListAsync(UploadFilter.ForOwner("ada"), cancellationToken))
            logger.LogInformation("{UploadId}: {FileName} is {Status}", upload.Id, upload.FileName, upload.Status);
    }
}
