using System.Diagnostics.Metrics;
using Amazon.Runtime;
using Amazon.S3;
using DirectUpload;
using DirectUpload.Confirmation;
using DirectUpload.DependencyInjection;
using DirectUpload.Diagnostics;
using DirectUpload.Observers;
using DirectUpload.Processing;
using DirectUpload.Profiles;
using DirectUpload.Records;
using DirectUpload.Signing;
using DirectUpload.Storage;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers DirectUpload.</summary>
public static class DirectUploadServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="IPresignedUploadIssuer"/> and the options, read from the configuration's section <c>DirectUploads</c> when the host has one,
    /// and validated when it starts. With a record store (<c>.UseInMemoryStore()</c> or a package's <c>.Use…()</c>) it adds
    /// <see cref="DirectUploadService"/> too.
    /// </summary>
    /// <remarks>
    /// Buckets are reached through the registered <see cref="IAmazonS3"/> (a keyed one, for a bucket with an alias); without one, through the SDK's
    /// default client. URLs are signed with a registered <see cref="AWSCredentials"/>, else with that client's own credentials, else with
    /// the SDK's default chain.
    /// </remarks>
    /// <param name="services">Where to add.</param>
    /// <param name="configure">Sets options in code; runs after the configuration was read.</param>
    public static DirectUploadBuilder AddDirectUploads(this IServiceCollection services, Action<DirectUploadOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<DirectUploadOptions>, DirectUploadConfiguration>());
        services.AddOptionsWithValidateOnStart<DirectUploadOptions>()
            .Configure(options => configure?.Invoke(options))
            .PostConfigure(static options =>
            {
                foreach (var (name, profile) in options.Profiles)
                    profile.Name = name;
            });
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<DirectUploadOptions>, DirectUploadOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<DefaultS3Client>();
        services.TryAddSingleton(static provider => new BucketConnections(
            Options(provider).Bucket, name => Connect(provider, name)));
        services.TryAddSingleton<IPresignedUploadIssuer, PresignedUploadIssuer>();
        AddLifeCycle(services);
        return new DirectUploadBuilder(services);
    }

    private static void AddLifeCycle(IServiceCollection services)
    {
        services.TryAddSingleton(static provider => new UploadBuckets(
            name => new S3UploadBucket(
                name, provider.GetRequiredService<BucketConnections>().Get(name).Client, new StorageLimits(Options(provider).StorageTimeout), provider.GetRequiredService<StorageRefusals>())));
        services.TryAddSingleton(static provider => new StorageRefusals(Clock(provider), Logger<StorageRefusals>(provider)));
        services.TryAddSingleton(static provider => new InPlaceParts(provider.GetRequiredService<UploadBuckets>(), Options(provider).StagingPrefix, Logger<InPlaceParts>(provider)));
        services.TryAddSingleton(static provider => new BucketChecks(
            Options(provider), provider.GetRequiredService<UploadBuckets>(), provider.GetRequiredService<IPresignedUploadIssuer>(), provider.GetRequiredService<StorageRefusals>(), Clock(provider)));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, StorageStartCheck>(static provider => new StorageStartCheck(
            provider, provider.GetRequiredService<IOptions<DirectUploadOptions>>(), Logger<StorageStartCheck>(provider), provider.GetService<IHostEnvironment>())));
        services.TryAddSingleton(new PlainRegistrations(services));
        services.TryAddSingleton(static provider => Profiles(provider));
        services.TryAddSingleton(static provider => new RegisteredObservers(
            provider.GetServices<UploadObserver>(), provider.GetRequiredService<PlainRegistrations>(), provider.GetRequiredService<IServiceScopeFactory>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, UploadStartCheck>(static provider => new UploadStartCheck(
            provider, provider.GetRequiredService<ProfileCatalog>(), provider.GetRequiredService<RegisteredObservers>(), Logger<UploadStartCheck>(provider))));
        services.TryAddSingleton(static provider => new DirectUploadService(
            Store(provider), Requests(provider),
            new UploadRenewal(Store(provider), provider.GetRequiredService<ProfileCatalog>(), Instructions(provider), Parts(provider), new PartsAssembly(provider.GetRequiredService<UploadBuckets>()), Removal(provider), Clock(provider)),
            new PartsAssembly(provider.GetRequiredService<UploadBuckets>()), provider.GetRequiredService<UploadBuckets>(),
            Arrival(provider), Processing(provider), Removal(provider),
            new UploadContent(
                provider.GetRequiredService<IPresignedUploadIssuer>(), Signer(provider), provider.GetRequiredService<UploadBuckets>(), provider.GetRequiredService<ProfileCatalog>(),
                Options(provider).ContentLifetime, Clock(provider)),
            new UploadWatch(Store(provider), provider.GetRequiredService<RecordChanges>(), Clock(provider)),
            Metrics(provider), provider.GetRequiredService<ProfileCatalog>(), Options(provider).ConfirmWait, Options(provider).ConfirmTimeout, Clock(provider)));
        services.TryAddSingleton(static provider => new StorageEventIntake(Store(provider), provider.GetRequiredService<DirectUploadService>()));
        services.TryAddSingleton(static provider => new WorkerSignal(Clock(provider)));
        services.TryAddKeyedSingleton(WorkerSignal.Notifications, static (provider, _) => new WorkerSignal(Clock(provider)));
        services.TryAddSingleton(static provider => new UnreadableRecords(Logger<UnreadableRecords>(provider)));
        services.TryAddSingleton<RecordChanges>();
        services.TryAddSingleton(static provider => new UploadMetrics(provider.GetService<IMeterFactory>(), Clock(provider)));
        services.TryAddSingleton(static provider => Watched(provider, RawStore(provider)));
        services.TryAddSingleton(static provider => new NotificationDispatcher(
            provider.GetRequiredService<RegisteredObservers>(),
            new HandlerCalls(provider.GetRequiredService<IServiceScopeFactory>(), Metrics(provider), Options(provider).ProcessingLease, Clock(provider), Logger<HandlerCalls>(provider)),
            Store(provider), new Reachability(Clock(provider), Logger<Reachability>(provider)), Options(provider).ProcessingLease, WorkerOptions(provider).NotificationParallelism, Clock(provider),
            Logger<NotificationDispatcher>(provider)));
        services.TryAddSingleton(static provider => new MissingProcessors(Clock(provider), Logger<MissingProcessors>(provider)));
        services.TryAddSingleton(static provider => new Reachability(Clock(provider), Logger<Reachability>(provider)));
        services.AddOptionsWithValidateOnStart<UploadWorkerOptions>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<UploadWorkerOptions>, UploadWorkerOptionsValidator>());
        services.TryAddSingleton(static provider => new UploadReconciliation(
            Store(provider), provider.GetRequiredService<UploadBuckets>(), Options(provider), Clock(provider), Logger<UploadReconciliation>(provider)));
        services.TryAddSingleton(static provider => new UploadHealth(
            Store(provider), provider.GetRequiredService<UnreadableRecords>(), provider.GetRequiredService<UploadWorker>(), provider.GetServices<IHostedService>().Any(it => it is UploadWorkerService) ? WorkerOptions(provider).PollInterval : null,
            provider.GetRequiredService<BucketChecks>(),
            Clock(provider)));
        services.TryAddSingleton(static provider => new UploadLifecycle(Options(provider), provider.GetRequiredService<UploadBuckets>()));
        services.TryAddSingleton(static provider => new UploadWorker(
            Store(provider), Steps(provider), provider.GetRequiredService<NotificationDispatcher>(), provider.GetRequiredService<Reachability>(), Limits(provider),
            WorkerOptions(provider).Parallelism, Metrics(provider), Clock(provider)));
    }

    private static ProfileCatalog Profiles(IServiceProvider provider)
    {
        var profiles = Options(provider).Profiles.Values;
        RegistrationCheck.Verify(provider.GetRequiredService<PlainRegistrations>(), profiles);
        return new ProfileCatalog(profiles);
    }

    private static UploadRequests Requests(IServiceProvider provider) => new(
        Store(provider), provider.GetRequiredService<UploadBuckets>(), provider.GetRequiredService<ProfileCatalog>(),
        new UploadAuthorizers([.. provider.GetServices<AuthorizerStep>()], provider.GetRequiredService<PlainRegistrations>(), provider.GetRequiredService<IServiceScopeFactory>()), new UploadQuota(Store(provider), Options(provider).MaxRequestsPerMinute),
        new UploadKeys(Options(provider)),
        Instructions(provider), provider.GetRequiredService<InPlaceParts>(), Metrics(provider), Clock(provider), Logger<UploadRequests>(provider));

    private static UploadInstructionsIssuer Instructions(IServiceProvider provider) => new(
        provider.GetRequiredService<IPresignedUploadIssuer>(), Parts(provider), Clock(provider), Logger<UploadInstructionsIssuer>(provider));

    private static PartSigner Parts(IServiceProvider provider) => new(provider.GetRequiredService<IPresignedUploadIssuer>(), Clock(provider));

    private static UploadRemoval Removal(IServiceProvider provider) => new(
        Store(provider), provider.GetRequiredService<UploadBuckets>(), provider.GetRequiredService<ProfileCatalog>(), Retained(provider),
        Metrics(provider), Clock(provider), Logger<UploadRemoval>(provider));

    private static UploadArrival Arrival(IServiceProvider provider) => new(
        Store(provider), provider.GetRequiredService<UploadBuckets>(), new PartsAssembly(provider.GetRequiredService<UploadBuckets>()),
        provider.GetRequiredService<ProfileCatalog>(), Removal(provider), Metrics(provider), Clock(provider), Logger<UploadArrival>(provider));

    private static UploadProcessing Processing(IServiceProvider provider) => new(
        Store(provider), provider.GetRequiredService<UploadBuckets>(), provider.GetRequiredService<ProfileCatalog>(),
        new ProcessorRun(provider.GetRequiredService<IServiceScopeFactory>(), Limits(provider), Clock(provider), Logger<ProcessorRun>(provider)), provider.GetRequiredService<MissingProcessors>(), Removal(provider),
        new FailedAttempts(Store(provider), Limits(provider), Retained(provider), Metrics(provider), Clock(provider), Logger<FailedAttempts>(provider)),
        Limits(provider), Metrics(provider), Clock(provider), Logger<UploadProcessing>(provider));

    private static UploadSteps Steps(IServiceProvider provider) => new(
        Store(provider), Arrival(provider), Processing(provider), Removal(provider), provider.GetRequiredService<NotificationDispatcher>(), provider.GetRequiredService<MissingProcessors>(), Retained(provider),
        provider.GetRequiredService<Reachability>(), Clock(provider),
        Logger<UploadSteps>(provider));

    private static UploadWorkerOptions WorkerOptions(IServiceProvider provider) => provider.GetRequiredService<IOptions<UploadWorkerOptions>>().Value;

    private static ProcessingLimits Limits(IServiceProvider provider) => new(Options(provider).ProcessingLease, Options(provider).MaxAttempts, Options(provider).ProcessingTimeout);

    private static Retention Retained(IServiceProvider provider) => new(
        Options(provider).FailedRetention, HasHandlers(provider) && Options(provider).RecordRetention < ToldSteps.Patience ? ToldSteps.Patience : Options(provider).RecordRetention,
        record => provider.GetRequiredService<RegisteredObservers>().Any(handler => ToldSteps.Untold(record, handler.Name, Clock(provider).GetUtcNow()).Any()));

    // By the registrations alone: a handler may need the library itself, so none is made here.
    private static bool HasHandlers(IServiceProvider provider) =>
        provider.GetServices<UploadObserver>().Any() || provider.GetRequiredService<PlainRegistrations>().Of<IUploadObserver>().Count > 0;

    private static bool RunsWorker(IServiceProvider provider) =>
        provider.GetRequiredService<PlainRegistrations>().Of<IHostedService>().Any(descriptor => PlainRegistrations.TypeOf<IHostedService>(descriptor) == typeof(UploadWorkerService));

    private static UploadMetrics Metrics(IServiceProvider provider) => provider.GetRequiredService<UploadMetrics>();

    private static WatchedRecordStore Store(IServiceProvider provider) => provider.GetRequiredService<WatchedRecordStore>();

    // What this process changes wakes its own: the worker, if the record is due, the dispatcher, if it is to be notified of, and the streams that follow the upload.
    private static WatchedRecordStore Watched(IServiceProvider provider, IUploadRecordStore store)
    {
        var notifications = provider.GetRequiredKeyedService<WorkerSignal>(WorkerSignal.Notifications);
        var (worker, changes, clock) = (provider.GetRequiredService<WorkerSignal>(), provider.GetRequiredService<RecordChanges>(), Clock(provider));
        return new WatchedRecordStore(store, record =>
        {
            changes.Changed(record with { NotifyAt = null });
            if (record.DueAt <= clock.GetUtcNow())
                worker.Wake();
            if (record.NotifyAt is not null)
                notifications.Wake();
        }, HasHandlers(provider) || !RunsWorker(provider));
    }

    private static IUploadRecordStore RawStore(IServiceProvider provider) =>
        provider.GetService<IUploadRecordStore>() ?? throw new OptionsValidationException(
            Microsoft.Extensions.Options.Options.DefaultName, typeof(DirectUploadOptions),
            ["DirectUpload has no record store, so it can grant no uploads. Add one: services.AddDirectUploads().UseInMemoryStore(), for tests and first "
            + "steps (records die with the process), or the Use…() call of a store package. Without a store only IPresignedUploadIssuer can be used."]);

    private static CloudFrontUrlSigner? Signer(IServiceProvider provider)
    {
        var signer = provider.GetService<CloudFrontUrlSigner>();
        return signer is null && Options(provider).Profiles.Values.FirstOrDefault(profile => profile is { ContentBaseUrl: not null, IsPublic: false }) is { } unsigned
            ? throw new OptionsValidationException(Microsoft.Extensions.Options.Options.DefaultName, typeof(DirectUploadOptions),
                [$"Profiles[\"{unsigned.Name}\"].ContentBaseUrl is \"{unsigned.ContentBaseUrl}\", and nothing signs for it. Call UseCloudFront(keyPairId, privateKey), or say IsPublic if everybody may read."])
            : signer;
    }

    private static BucketConnection Connect(IServiceProvider provider, string name)
    {
        var (alias, further) = Options(provider).Buckets.FirstOrDefault(bucket => bucket.Value.Name == name);
        var client = (alias is null ? null : provider.GetKeyedService<IAmazonS3>(alias))
            ?? provider.GetService<IAmazonS3>()
            ?? provider.GetRequiredService<DefaultS3Client>().Value;
        var credentials = (alias is null ? null : provider.GetKeyedService<AWSCredentials>(alias)) ?? provider.GetService<AWSCredentials>();
        return new BucketConnection(name, client, alias is null ? Options(provider).PublicEndpoint : further.PublicEndpoint, credentials, Logger<BucketConnection>(provider));
    }

    private static DirectUploadOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<DirectUploadOptions>>().Value;

    private static TimeProvider Clock(IServiceProvider provider) => provider.GetRequiredService<TimeProvider>();

    private static ILogger<T> Logger<T>(IServiceProvider provider) => provider.GetService<ILogger<T>>() ?? NullLogger<T>.Instance;
}
