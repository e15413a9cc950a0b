using DirectUpload.DependencyInjection;
using DirectUpload.Processing;
using DirectUpload.Records;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

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
    public static DirectUploadBuilder AddWorker(this DirectUploadBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddHostedService(static provider => new UploadWorkerService(
            provider.GetRequiredService<UploadWorker>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<ILogger<UploadWorkerService>>() ?? NullLogger<UploadWorkerService>.Instance));
        return builder;
    }
}
