using DirectUpload.DependencyInjection;
using DirectUpload.Processing;
using DirectUpload.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DirectUpload.Tests.DependencyInjection;

/// <summary>What is registered as a service, without the builder's calls.</summary>
public sealed class ServiceRegistrationTests
{
    public static TheoryData<string> RegistrationKinds =>
        ["type", "scoped", "transient", "instance", "factory", "typed factory", "before", "also added", "also added as itself", "twice"];

    [Theory]
    [MemberData(nameof(RegistrationKinds))]
    public async Task Authorizer_RegisteredAsAService_IsCalledOnce(string way)
    {
        var calls = new CallCounter();
        await using var host = new UploadHost(configure: services =>
        {
            services.AddSingleton(calls);
            Register<IUploadAuthorizer, RefusingAuthorizer>(
                services, way, () => new RefusingAuthorizer(calls), () => services.AddDirectUploads().AddAuthorizer<RefusingAuthorizer>());
        });

        (await host.Service.RequestAsync(UploadHost.Request, new() { Owner = "ada" })).Error!.Code
            .Should().Be(UploadErrorCodes.NotAuthorized);
        (await host.Service.AuthorizeAsync(UploadHost.Request, new() { Owner = "ada" })).Error!.Code
            .Should().Be(UploadErrorCodes.NotAuthorized);
        calls.Allowed = true;
        calls.Count = 0;
        await host.GrantAsync();

        calls.Count.Should().Be(1);
    }

    [Fact]
    public async Task Authorizer_TwoInstancesOfOneType_AreBothCalled()
    {
        var (one, other) = (new CallCounter { Allowed = true }, new CallCounter());
        await using var host = new UploadHost(configure: services =>
        {
            services.AddSingleton<IUploadAuthorizer>(new RefusingAuthorizer(one));
            services.AddSingleton<IUploadAuthorizer>(new RefusingAuthorizer(other));
        });

        (await host.Service.RequestAsync(UploadHost.Request, new() { Owner = "ada" })).Error!.Code
            .Should().Be(UploadErrorCodes.NotAuthorized);
    }

    [Theory]
    [MemberData(nameof(RegistrationKinds))]
    public async Task EventHandler_RegisteredAsAService_IsNotifiedOnce(string way)
    {
        var calls = new CallCounter();
        await using var host = new UploadHost(configure: services =>
        {
            services.AddSingleton(calls);
            Register<IUploadEventHandler, CountingEventHandler>(
                services, way, () => new CountingEventHandler(calls),
                () => services.AddDirectUploads().AddEventHandler<CountingEventHandler>());
        });
        var grant = await host.ReadyAsync();

        await host.Worker.RunOnceAsync();
        await host.RunWorkerAtAsync(TimeSpan.FromHours(5));

        calls.Count.Should().Be(1);
        (await host.GetRecordAsync(grant)).NotificationCheckpoints.Should().ContainSingle().Which.Key
            .Should().Be(typeof(CountingEventHandler).FullName);
    }

    [Fact]
    public async Task EventHandler_DependingOnTheService_IsCreated()
    {
        var calls = new CallCounter();
        await using var host = new UploadHost(configure: services =>
        {
            services.AddSingleton(calls);
            services.AddSingleton<IUploadEventHandler>(
                provider => new ServiceDependentEventHandler(provider.GetRequiredService<IDirectUploadService>(), calls));
        });
        await host.ReadyAsync();

        await host.Worker.RunOnceAsync();

        calls.Count.Should().Be(1);
    }

    [Fact]
    public async Task EventHandler_TwoInstancesOfOneType_NeedNames()
    {
        await using var host = new UploadHost(configure: services =>
        {
            services.AddSingleton<IUploadEventHandler>(new CountingEventHandler(new CallCounter()));
            services.AddSingleton<IUploadEventHandler>(new CountingEventHandler(new CallCounter()));
        });

        var start = host.Services.GetServices<IHostedService>().OfType<UploadStartCheck>().Single();
        await FluentActions.Awaiting(() => start.StartAsync(TestContext.Current.CancellationToken))
            .Should().ThrowAsync<InvalidOperationException>().WithMessage("*CountingEventHandler*AddEventHandler(name, create)*");
    }

    [Theory]
    [InlineData("authorizer", "*IUploadAuthorizer*\"key\"*AddAuthorizer<T>()*")]
    [InlineData("observer", "*IUploadEventHandler*\"key\"*AddEventHandler<T>()*")]
    [InlineData("processor", "*IUploadProcessor*\"key\"*AddProcessor<T>()*")]
    [InlineData("unused processor", "*AcceptingProcessor*IUploadProcessor*AddProcessor<AcceptingProcessor>()*")]
    public void Start_UnusedRegistration_Throws(string what, string says)
    {
        using var host = new HostBuilder().ConfigureServices(services =>
        {
            services.AddDirectUploads(it => it.Bucket = "bucket").UseInMemoryStore();
            switch (what)
            {
                case "authorizer": services.AddKeyedSingleton<IUploadAuthorizer, RefusingAuthorizer>("key"); break;
                case "observer": services.AddKeyedScoped<IUploadEventHandler, CountingEventHandler>("key"); break;
                case "processor": services.AddKeyedSingleton<IUploadProcessor, AcceptingProcessor>("key"); break;
                default: services.AddSingleton<IUploadProcessor, AcceptingProcessor>(); break;
            }
        }).Build();

        host.Invoking(it => it.Start()).Should().Throw<OptionsValidationException>().WithMessage(says);
        host.Services.Invoking(it => it.GetRequiredService<IDirectUploadService>()).Should().Throw<OptionsValidationException>()
            .WithMessage(says);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Processor_RegisteredAndAdded_IsUsed(bool asInterface)
    {
        await using var host = new UploadHost(
            profile: notes => _ = asInterface ? notes.AddProcessor<IUploadProcessor>("scan") : notes.AddProcessor<AcceptingProcessor>(),
            configure: services => services.AddSingleton<IUploadProcessor, AcceptingProcessor>());
        var grant = await host.UploadAsync();
        await host.ConfirmAsync(grant);

        await host.Worker.RunOnceAsync();

        (await host.GetStatusAsync(grant)).Should().Be(UploadStatus.Ready);
    }

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 0)]
    public async Task Start_WithoutAWorker_LogsWhatNeedsOne(bool worker, int warnings)
    {
        var log = new WarningLog();
        using var host = new HostBuilder().ConfigureServices(services =>
        {
            services.AddSingleton<ILoggerProvider>(log);
            services.AddSingleton(new CallCounter());
            services.AddSingleton<IUploadEventHandler, CountingEventHandler>();
            var builder = services.AddDirectUploads(it =>
            {
                it.Bucket = "bucket";
                it.AddProfile("notes", notes => notes.AddProcessor<AcceptingProcessor>().ContentTypes.Add("*/*"));
            }).UseInMemoryStore();
            if (worker)
                builder.AddWorker();
        }).Build();

        await host.StartAsync(TestContext.Current.CancellationToken);
        await host.StopAsync(TestContext.Current.CancellationToken);

        log.Lines.Count(line => line.Contains("Worker not registered", StringComparison.Ordinal)).Should().Be(warnings);
        if (!worker)
            log.Lines.Should().Contain(line => line.Contains("notes") && line.Contains(nameof(AcceptingProcessor))).And.Contain(
                line => line.Contains(nameof(CountingEventHandler)));
    }

    private static void Register<TService, T>(IServiceCollection services, string way, Func<T> make, Action add)
        where TService : class
        where T : class, TService
    {
        switch (way)
        {
            case "scoped": services.AddScoped<TService, T>(); break;
            case "transient": services.AddTransient<TService, T>(); break;
            case "instance": services.AddSingleton<TService>(make()); break;
            case "factory": services.AddSingleton<TService>(_ => make()); break;
            case "typed factory": services.AddScoped<TService, T>(_ => make()); break;
            case "before": services.Insert(0, ServiceDescriptor.Singleton<TService, T>()); break;
            case "also added":
                services.AddSingleton<TService, T>();
                add();
                break;
            case "also added as itself":
                services.AddSingleton<T>();
                services.AddSingleton<TService>(provider => provider.GetRequiredService<T>());
                add();
                break;
            case "twice":
                services.AddSingleton<TService, T>();
                services.AddSingleton<TService, T>();
                break;
            default: services.AddSingleton<TService, T>(); break;
        }
    }

    private sealed class CallCounter
    {
        public bool Allowed { get; set; }

        public int Count { get; set; }
    }

    private sealed class RefusingAuthorizer(CallCounter calls) : IUploadAuthorizer
    {
        public ValueTask<UploadAuthorization> AuthorizeAsync(UploadAuthorizationContext context, CancellationToken cancellationToken)
        {
            calls.Count++;
            return new(calls.Allowed ? UploadAuthorization.Allow : UploadAuthorization.Deny("No."));
        }
    }

    private sealed class CountingEventHandler(CallCounter calls) : IUploadEventHandler
    {
        public Task OnReadyAsync(Upload upload, CancellationToken cancellationToken)
        {
            calls.Count++;
            return Task.CompletedTask;
        }
    }

    private sealed class ServiceDependentEventHandler(IDirectUploadService uploads, CallCounter calls) : IUploadEventHandler
    {
        public async Task OnReadyAsync(Upload upload, CancellationToken cancellationToken)
        {
            if ((await uploads.DeleteAsync(upload.Id, UploadAccess.Application, cancellationToken: cancellationToken)).Succeeded)
                calls.Count++;
        }
    }

    private sealed class AcceptingProcessor : IUploadProcessor
    {
        public Task<ProcessingResult> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken) =>
            Task.FromResult(ProcessingResult.Accept);
    }

    private sealed class WarningLog : ILoggerProvider, ILogger
    {
        public System.Collections.Concurrent.ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public void Dispose()
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                Lines.Enqueue(formatter(state, exception));
        }
    }
}
