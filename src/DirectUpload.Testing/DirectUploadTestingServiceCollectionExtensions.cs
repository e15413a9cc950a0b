using DirectUpload.Testing;
using DirectUpload.Testing.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Prepares an application that uses DirectUpload for its tests.</summary>
public static class DirectUploadTestingServiceCollectionExtensions
{
    /// <summary>Replaces the storage, the record store and the clock of an application, and turns the background work off.</summary>
    /// <remarks>
    /// <para>
    /// Call it after the application's own registrations, in <c>ConfigureTestServices</c> of a <c>WebApplicationFactory</c>, and get
    /// <see cref="TestUploads"/> from the services of the factory.
    /// </para>
    /// <list type="bullet">
    /// <item><description>
    /// LocalS3 on a free port of 127.0.0.1 replaces every S3 client and all AWS credentials; it stops with the host.
    /// </description></item>
    /// <item><description>
    /// Records are stored in memory, unless <see cref="DirectUploadTestOptions.KeepRecordStore"/> is true.
    /// </description></item>
    /// <item><description>
    /// <see cref="UploadTestClock"/> replaces the system clock. Another <see cref="TimeProvider"/> of the application is kept, and LocalS3
    /// uses it too.
    /// </description></item>
    /// <item><description>
    /// The worker and the SQS receivers do not run; call <see cref="TestUploads.ProcessDueAsync"/>.
    /// </description></item>
    /// </list>
    /// </remarks>
    /// <param name="services">The services of the application.</param>
    /// <param name="configure">Sets options; null for the defaults.</param>
    /// <returns>The service collection.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IServiceCollection UseDirectUploadTesting(
        this IServiceCollection services, Action<DirectUploadTestOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = new DirectUploadTestOptions();
        configure?.Invoke(options);
        var uploads = services.AddDirectUploads();
        StorageReplacement.Apply(uploads);
        if (!options.KeepRecordStore)
            RecordStoreReplacement.Apply(uploads);
        ClockReplacement.Apply(services, new UploadTestClock(options.StartTime));
        BackgroundWork.TurnOff(services);
        services.TryAddSingleton<TestUploads>(static provider => new(provider));
        return services;
    }
}
