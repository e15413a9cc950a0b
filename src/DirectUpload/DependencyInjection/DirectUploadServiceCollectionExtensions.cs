using System.Diagnostics.Metrics;
using Amazon.Runtime;
using Amazon.S3;
using DirectUpload;
using DirectUpload.Cleanup;
using DirectUpload.Concurrency;
using DirectUpload.Confirmation;
using DirectUpload.Content;
using DirectUpload.DependencyInjection;
using DirectUpload.Diagnostics;
using DirectUpload.Events;
using DirectUpload.Health;
using DirectUpload.Lifecycle;
using DirectUpload.Operations;
using DirectUpload.Presigning;
using DirectUpload.Primitives;
using DirectUpload.Processing;
using DirectUpload.Profiles;
using DirectUpload.Requests;
using DirectUpload.Storage;
using DirectUpload.Stores;
using DirectUpload.Worker;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Provides extension methods that register DirectUpload.</summary>
public static class DirectUploadServiceCollectionExtensions
{
    /// <summary>Adds the services of DirectUpload, and options that are bound to the configuration section <c>DirectUploads</c>.</summary>
    /// <remarks>
    /// <para>
    /// <see cref="IPresignedUploadIssuer"/> works without a record store. <see cref="IDirectUploadService"/> needs one: add it with
    /// <c>.UseInMemoryStore()</c> or the <c>.Use…()</c> method of a store package.
    /// </para>
    /// <para>The options are validated when the host starts; a host with invalid options does not start.</para>
    /// <para>
    /// The library uses the registered <see cref="IAmazonS3"/>: for a bucket with an alias, the service with that key. If none is
    /// registered, it creates the SDK's default client. It signs URLs with registered <see cref="AWSCredentials"/>; if there are none, with
    /// the client's own credentials; otherwise with the SDK's default credential chain.
    /// </para>
    /// </remarks>
    /// <param name="services">The service collection to add to.</param>
    /// <param name="configure">Sets options in code, after they were bound to the configuration; <see langword="null"/> for none.</param>
    /// <returns>A builder that adds the store, the profiles, the worker and further services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is <see langword="null"/>.</exception>
    public static DirectUploadBuilder AddDirectUploads(this IServiceCollection services, Action<DirectUploadOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        AddOptions(services, configure);
        services.TryAddSingleton(typeof(ILogger<>), typeof(HostLogger<>));
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new IgnoredRegistrations(services));
        services.TryAddSingleton(static provider => new UploadServiceProvider(provider));
        AddStorage(services);
        AddRecords(services);
        AddStages(services);
        AddPublicServices(services);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, StorageStartCheck>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, UploadStartCheck>());
        return new DirectUploadBuilder(services);
    }

    private static void AddOptions(IServiceCollection services, Action<DirectUploadOptions>? configure)
    {
        services.TryAddSingleton<DirectUploadConfiguration>();
        services.TryAddEnumerable(
        [
            ServiceDescriptor.Singleton<IConfigureOptions<DirectUploadOptions>, DirectUploadConfiguration>(GetConfiguration),
            ServiceDescriptor.Singleton<IConfigureOptions<UploadWorkerOptions>, DirectUploadConfiguration>(GetConfiguration),
        ]);
        services.AddOptionsWithValidateOnStart<UploadWorkerOptions>();
        services.AddOptionsWithValidateOnStart<DirectUploadOptions>()
            .Configure(options => configure?.Invoke(options))
            .PostConfigure(static options =>
            {
                foreach (var (name, profile) in options.Profiles)
                    profile.Name = name;
            });
        services.TryAddEnumerable(
        [
            ServiceDescriptor.Singleton<IValidateOptions<DirectUploadOptions>, DirectUploadOptionsValidator>(),
            ServiceDescriptor.Singleton<IValidateOptions<DirectUploadOptions>, ConfigurationKeyValidator>(),
            ServiceDescriptor.Singleton<IValidateOptions<DirectUploadOptions>, RegistrationValidator>(),
            ServiceDescriptor.Singleton<IValidateOptions<UploadWorkerOptions>, UploadWorkerOptionsValidator>(),
        ]);
        // The library's classes take the options as singletons, so they are read once, on first use.
        services.TryAddSingleton(static provider => provider.GetRequiredService<IOptions<DirectUploadOptions>>().Value);
        services.TryAddSingleton(static provider => provider.GetRequiredService<IOptions<UploadWorkerOptions>>().Value);
        services.TryAddSingleton(static provider => new ProfileCatalog(GetOptions(provider).Profiles.Values));
    }

    private static void AddStorage(IServiceCollection services)
    {
        services.TryAddSingleton(static _ => new DefaultClient<AmazonS3Client>(CreateDefaultS3Client));
        services.TryAddSingleton(static provider => new BucketConnections(GetOptions(provider).Bucket, name => Connect(provider, name)));
        services.TryAddSingleton<IPresignedUploadIssuer, PresignedUploadIssuer>();
        services.TryAddSingleton(static provider => new StorageTimeouts(GetOptions(provider).StorageTimeout));
        services.TryAddSingleton(static provider => new UploadBuckets(name =>
        {
            var connection = provider.GetRequiredService<BucketConnections>().Get(name);
            return new S3UploadBucket(
                name, connection.Client, provider.GetRequiredService<StorageTimeouts>(),
                provider.GetRequiredService<StorageRefusalTracker>(), presigned: StorageHttpClient.TryCreateCalls(connection));
        }));
        services.TryAddUploadService<StorageRefusalTracker>()
            .TryAddUploadService<InPlacePartProtection>()
            .TryAddUploadService<BucketChecks>();
    }

    private static void AddRecords(IServiceCollection services)
    {
        services.TryAddSingleton(static provider => new UnreadableRecords(provider.GetRequiredService<ILogger<UnreadableRecords>>()));
        services.TryAddUploadService<RecordChangeNotifier>();
        services.TryAddSingleton(static provider => new AsyncSignal(GetClock(provider)));
        services.TryAddKeyedSingleton(AsyncSignal.NotificationsKey, static (provider, _) => new AsyncSignal(GetClock(provider)));
        services.TryAddSingleton(static provider => CreateNotifyingStore(provider, GetRegisteredStore(provider)));
        services.TryAddSingleton(static provider => new UploadMetrics(provider.GetService<IMeterFactory>(), GetClock(provider)));
        services.TryAddSingleton(static provider => LifecyclePolicy.Create(GetOptions(provider), HasEventHandlers(provider)));
        services.TryAddUploadService<TransitionReporter>().TryAddUploadService<RecordUpdater>();
    }

    // These classes are created by their constructors: a changed constructor needs no change here.
    private static void AddStages(IServiceCollection services)
    {
        services.TryAddSingleton<IReadOnlyList<AuthorizerRegistration>>(
            static provider => [.. provider.GetServices<AuthorizerRegistration>()]);
        services.TryAddUploadService<AuthorizerPipeline>()
            .TryAddUploadService<UploadQuota>()
            .TryAddUploadService<UploadKeyFactory>()
            .TryAddUploadService<PartSigner>()
            .TryAddUploadService<UploadInstructionsFactory>()
            .TryAddUploadService<RequestRules>()
            .TryAddUploadService<UploadPlacement>()
            .TryAddUploadService<UploadRequestHandler>()
            .TryAddUploadService<UploadRenewal>()
            .TryAddUploadService<MultipartCompleter>()
            .TryAddUploadService<UploadVerifier>()
            .TryAddUploadService<MissingProcessorTracker>()
            .TryAddUploadService<ProcessingFailureHandler>()
            .TryAddUploadService<AttemptEnd>()
            .TryAddUploadService<ProcessingAttempt>()
            .TryAddUploadService<CopyFirstAttempt>()
            .TryAddUploadService<ProcessingAttempts>()
            .TryAddUploadService<UploadLeaser>()
            .TryAddUploadService<UploadProcessing>()
            .TryAddUploadService<UploadReplacement>()
            .TryAddUploadService<UploadAdvancer>()
            .TryAddUploadService<UploadOperations>()
            .TryAddUploadService<DecisionRecorder>()
            .TryAddUploadService<ScanResultRecorder>()
            .TryAddUploadService<UploadFinder>()
            .TryAddUploadService<UploadAttachmentRules>()
            .TryAddUploadService<UploadAttacher>()
            .TryAddUploadService<OwnerEraser>()
            .TryAddUploadService<ApplicationOperations>()
            .TryAddUploadService<ContentStorer>()
            .TryAddUploadService<AvailabilityTracker>()
            .TryAddUploadService<EventHandlerRegistrations>()
            .TryAddUploadService<UploadStatusStream>()
            .TryAddUploadService<DueUploadProcessor>();
        services.TryAddSingleton(static provider => new ProcessorPipeline(
            provider.GetRequiredService<IServiceScopeFactory>(), GetOptions(provider).ProcessingTimeout,
            GetOptions(provider).MaxTemporaryFileSize, GetClock(provider), GetLogger<ProcessorPipeline>(provider)));
        services.TryAddSingleton(static provider => new UploadCleaner(
            provider.GetRequiredService<RecordUpdater>(), provider.GetRequiredService<UploadBuckets>(),
            provider.GetRequiredService<ProfileCatalog>(),
            record => provider.GetRequiredService<EventHandlerRegistrations>()
                .Any(handler => PendingTransitions.Get(record, handler.Name, GetClock(provider).GetUtcNow()).Any()),
            GetLogger<UploadCleaner>(provider)));
        services.TryAddSingleton(static provider => new UploadConfirmer(
            provider.GetRequiredService<RecordUpdater>(), provider.GetRequiredService<UploadAdvancer>(),
            provider.GetRequiredService<MultipartCompleter>(), provider.GetRequiredService<UploadOperations>(),
            GetOptions(provider).ConcurrentConfirmTimeout, GetOptions(provider).ConfirmTimeout));
        services.TryAddSingleton<IReadOnlyList<EventHandlerRegistration>>(
            static provider => provider.GetRequiredService<EventHandlerRegistrations>());
        services.TryAddSingleton(static provider => new EventHandlerInvoker(
            provider.GetRequiredService<IServiceScopeFactory>(), GetMetrics(provider), GetOptions(provider).ProcessingLease,
            GetClock(provider), GetLogger<EventHandlerInvoker>(provider)));
        // With a tracker of its own: event handlers may fail while storage is available.
        services.TryAddSingleton(static provider => new EventDispatcher(
            provider.GetRequiredService<EventHandlerRegistrations>(), provider.GetRequiredService<EventHandlerInvoker>(),
            GetStore(provider),
            new AvailabilityTracker(GetClock(provider), GetLogger<AvailabilityTracker>(provider)),
            GetWorkerOptions(provider).NotificationParallelism, GetClock(provider),
            GetLogger<EventDispatcher>(provider)));
        services.TryAddSingleton(static provider => new ContentProvider(
            provider.GetRequiredService<IPresignedUploadIssuer>(), FindCloudFrontSigner(provider),
            provider.GetRequiredService<UploadBuckets>(), provider.GetRequiredService<ProfileCatalog>(),
            GetOptions(provider).DownloadUrlLifetime, GetClock(provider)));
    }

    // The container cannot call the internal constructors of public classes.
    private static void AddPublicServices(IServiceCollection services)
    {
        services.TryAddSingleton<IDirectUploadService>(static provider =>
            ActivatorUtilities.CreateInstance<DirectUploadService>(provider.GetRequiredService<UploadServiceProvider>()));
        services.TryAddSingleton<IUploadAttachmentRules>(static provider => provider.GetRequiredService<UploadAttachmentRules>());
        services.TryAddSingleton(
            static provider => new StorageEventProcessor(
                GetStore(provider), provider.GetRequiredService<UploadConfirmer>(), provider.GetRequiredService<ScanResultRecorder>()));
        services.TryAddSingleton(static provider => new UploadReconciler(
            GetStore(provider), provider.GetRequiredService<UploadBuckets>(), GetOptions(provider), GetClock(provider),
            GetLogger<UploadReconciler>(provider)));
        services.TryAddSingleton(static provider => new UploadHealth(
            GetStore(provider), provider.GetRequiredService<UnreadableRecords>(), provider.GetRequiredService<UploadWorker>(),
            HasWorker(provider) ? GetWorkerOptions(provider).PollInterval : null,
            provider.GetRequiredService<BucketChecks>(), GetClock(provider)));
        services.TryAddSingleton(
            static provider => new BucketLifecycleManager(GetOptions(provider), provider.GetRequiredService<UploadBuckets>()));
        services.TryAddSingleton(static provider => new UploadWorker(
            GetStore(provider), provider.GetRequiredService<DueUploadProcessor>(), provider.GetRequiredService<EventDispatcher>(),
            provider.GetRequiredService<AvailabilityTracker>(),
            GetWorkerOptions(provider).Parallelism, GetMetrics(provider), GetClock(provider)));
    }

    private static UploadWorkerOptions GetWorkerOptions(IServiceProvider provider) => provider.GetRequiredService<UploadWorkerOptions>();

    // Checks registrations only: an event handler may depend on the library itself, so none is created here.
    private static bool HasEventHandlers(IServiceProvider provider) =>
        provider.GetServices<EventHandlerRegistration>().Any()
        || provider.GetRequiredService<IgnoredRegistrations>().GetUnkeyed<IUploadEventHandler>().Count > 0;

    private static bool HasWorker(IServiceProvider provider) =>
        provider.GetRequiredService<IgnoredRegistrations>().HasHostedService<UploadWorkerService>() && GetWorkerOptions(provider).Enabled;

    private static UploadMetrics GetMetrics(IServiceProvider provider) => provider.GetRequiredService<UploadMetrics>();

    private static NotifyingRecordStore GetStore(IServiceProvider provider) => provider.GetRequiredService<NotifyingRecordStore>();

    // A change by this process wakes its worker if the record is due, its dispatcher if event handlers must be notified, and status
    // streams.
    private static NotifyingRecordStore CreateNotifyingStore(IServiceProvider provider, IUploadRecordStore store)
    {
        var notifications = provider.GetRequiredKeyedService<AsyncSignal>(AsyncSignal.NotificationsKey);
        var (worker, changes, clock) = (provider.GetRequiredService<AsyncSignal>(), provider.GetRequiredService<RecordChangeNotifier>(),
            GetClock(provider));
        return new NotifyingRecordStore(store, record =>
        {
            changes.Notify(record with { NotifyAt = null });
            if (record.NextActionAt <= clock.GetUtcNow())
                worker.Set();
            if (record.NotifyAt is not null)
                notifications.Set();
        }, HasEventHandlers(provider) || !HasWorker(provider));
    }

    private static IUploadRecordStore GetRegisteredStore(IServiceProvider provider) =>
        provider.GetService<IUploadRecordStore>() ?? throw new OptionsValidationException(
            Microsoft.Extensions.Options.Options.DefaultName, typeof(DirectUploadOptions),
            [
                "DirectUpload has no record store, so it can grant no uploads. Add one: services.AddDirectUploads().UseInMemoryStore(), "
                + "for tests and first "
                + "steps (records are lost when the process ends), or the Use…() call of a store package. "
                + "Without a store only IPresignedUploadIssuer can be used."]);

    private static CloudFrontUrlSigner? FindCloudFrontSigner(IServiceProvider provider)
    {
        var signer = provider.GetService<CloudFrontUrlSigner>();
        return signer is null && GetOptions(provider).Profiles.Values.FirstOrDefault(
            profile => profile is { ContentBaseUrl: not null, IsPublic: false }) is { } unsigned
            ? throw new OptionsValidationException(Microsoft.Extensions.Options.Options.DefaultName, typeof(DirectUploadOptions),
                [$"Profiles[\"{unsigned.Name}\"].ContentBaseUrl is \"{unsigned.ContentBaseUrl}\", and nothing signs for it. "
                + "Call UseCloudFront(keyPairId, privateKey), or set IsPublic to true if everyone may read the content."])
            : signer;
    }

    private static BucketConnection Connect(IServiceProvider provider, string name)
    {
        var (alias, aliased) = GetOptions(provider).Buckets.FirstOrDefault(bucket => bucket.Value.Name == name);
        var client = (alias is null ? null : provider.GetKeyedService<IAmazonS3>(alias))
            ?? provider.GetService<IAmazonS3>()
            ?? provider.GetRequiredService<DefaultClient<AmazonS3Client>>().Value;
        var credentials = (alias is null ? null : provider.GetKeyedService<AWSCredentials>(alias)) ?? provider.GetService<AWSCredentials>();
        return new BucketConnection(
            name, client, alias is null ? GetOptions(provider).PublicEndpoint : aliased.PublicEndpoint, credentials,
            GetLogger<BucketConnection>(provider));
    }

    // The library's own time limits hold for every client and are shorter; the SDK's default is 24 days.
    private static AmazonS3Client CreateDefaultS3Client() => new(new AmazonS3Config
    {
        Timeout = TimeSpan.FromMinutes(20),
        ConnectTimeout = TimeSpan.FromSeconds(5),
        MaxErrorRetry = 2,
    });

    private static DirectUploadOptions GetOptions(IServiceProvider provider) => provider.GetRequiredService<DirectUploadOptions>();

    private static DirectUploadConfiguration GetConfiguration(IServiceProvider provider) =>
        provider.GetRequiredService<DirectUploadConfiguration>();

    private static TimeProvider GetClock(IServiceProvider provider) => provider.GetRequiredService<TimeProvider>();

    private static ILogger<T> GetLogger<T>(IServiceProvider provider) => provider.GetRequiredService<ILogger<T>>();
}
