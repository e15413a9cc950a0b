using DirectUpload.DependencyInjection;
using DirectUpload.Processing;
using DirectUpload.Records;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>What the core itself brings for the builder.</summary>
public static class DirectUploadBuilderExtensions
{
    /// <summary>
    /// Keeps records in this process's memory: for tests and first steps. They die with the process, and a second instance knows nothing of them.
    /// </summary>
    public static DirectUploadBuilder UseInMemoryStore(this DirectUploadBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.Replace(ServiceDescriptor.Singleton<IUploadRecordStore, InMemoryUploadRecordStore>());
        return builder;
    }

    /// <summary>
    /// Runs the <see cref="UploadWorker"/> in this host: it confirms what arrived unconfirmed, takes up what was interrupted, expires what never came, and
    /// deletes what must not stay. Any number of hosts may run one.
    /// </summary>
    /// <param name="builder">What <c>AddDirectUploads()</c> returned.</param>
    /// <param name="configure">How many uploads it works on at once, and how often it looks for more.</param>
    public static DirectUploadBuilder AddWorker(this DirectUploadBuilder builder, Action<UploadWorkerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (configure is not null)
            builder.Services.Configure(configure);
        builder.Services.AddHostedService(static provider => new UploadWorkerService(
            provider.GetRequiredService<UploadWorker>(),
            provider.GetRequiredService<WorkerSignal>(),
            provider.GetRequiredService<IOptions<UploadWorkerOptions>>().Value.PollInterval));
        return builder;
    }
}
