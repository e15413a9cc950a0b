using DirectUpload.Concurrency;
using DirectUpload.Diagnostics;
using DirectUpload.Processing;
using DirectUpload.Profiles;
using DirectUpload.Tests.Fixtures;
using DirectUpload.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DirectUpload.Tests.DependencyInjection;

/// <summary>The container constructs each class of the library once: two instances would count, limit or log for themselves.</summary>
public sealed class ServiceConstructionTests
{
    // The worker and the dispatcher of notifications have one each: they wake separately, and handlers may fail while storage works.
    private static readonly Dictionary<Type, int> OnePerLoop = new()
    {
        [typeof(AsyncSignal)] = 2,
        [typeof(AvailabilityTracker)] = 2,
        [typeof(FailureWindow)] = 2,
    };

    [Fact]
    public async Task Container_EverythingResolved_ConstructsEachServiceOnce()
    {
        IServiceCollection? registered = null;
        using var host = new HostBuilder().ConfigureServices(services => AddEverything(registered = services)).Build();
        await host.StartAsync(TestContext.Current.CancellationToken);

        var found = ObjectGraph.Find([.. registered!.SelectMany(service => Resolve(host.Services, service))]);

        await host.StopAsync(TestContext.Current.CancellationToken);
        var counts = found.GroupBy(it => it.GetType()).ToDictionary(it => it.Key, it => it.Count());
        counts.Where(it => it.Value > 1).Should().BeEquivalentTo(OnePerLoop);
        counts.Keys.Should().HaveCountGreaterThan(60, "all services are found").And.Contain(typeof(UploadWorkerService));
    }

    [Fact]
    public void ObjectGraph_InstancesInFieldsListsAndClosures_AreFound()
    {
        var (field, listed, captured) = (new UploadProfile(), new UploadProfile(), new UploadProfile());
        Func<UploadProfile> closure = () => captured;

        var found = ObjectGraph.Find([new ProfileCatalog([field]), new List<UploadProfile> { listed, field }, closure]);

        found.OfType<UploadProfile>().Should().HaveCount(3).And.OnlyHaveUniqueItems();
        found.Should().Contain(listed).And.Contain(captured);
    }

    private static void AddEverything(IServiceCollection services) => services
        .AddDirectUploads(options =>
        {
            options.Bucket = "examplebucket";
            options.AddProfile("notes", notes =>
            {
                notes.ContentTypes.Add("text/plain");
                notes.AddProcessor<AcceptingProcessor>();
            });
        })
        .UseInMemoryStore()
        .AddWorker()
        .AddAuthorizer<AllowingAuthorizer>()
        .AddEventHandler<SilentEventHandler>();

    private static IEnumerable<object> Resolve(IServiceProvider provider, ServiceDescriptor service) =>
        !IsOwn(service) ? []
        : service.IsKeyedService ? provider.GetKeyedServices(service.ServiceType, service.ServiceKey).OfType<object>()
        : provider.GetServices(service.ServiceType).OfType<object>();

    // What the platform registers itself leads to none of the library's classes, except the interfaces that it asks for.
    private static bool IsOwn(ServiceDescriptor service) => !service.ServiceType.IsGenericTypeDefinition
        && (ObjectGraph.IsOwnType(service.ServiceType) || service.ServiceType == typeof(IHostedService)
            || service.ServiceType.GenericTypeArguments.Any(ObjectGraph.IsOwnType));

    private sealed class AcceptingProcessor : IUploadProcessor
    {
        public Task<ProcessingResult> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken) =>
            Task.FromResult(ProcessingResult.Accept);
    }

    private sealed class AllowingAuthorizer : IUploadAuthorizer
    {
        public ValueTask<UploadAuthorization> AuthorizeAsync(UploadAuthorizationContext context, CancellationToken cancellationToken) =>
            new(UploadAuthorization.Allow);
    }

    private sealed class SilentEventHandler : IUploadEventHandler;
}
