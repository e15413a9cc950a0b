using DirectUpload.DependencyInjection;
using DirectUpload.Observers;
using DirectUpload.Processing;
using DirectUpload.Profiles;
using DirectUpload.Tests.Service;
using DirectUpload.Uploads;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Tests.DependencyInjection;

/// <summary>What is registered as a service, without the builder's calls.</summary>
public sealed class PlainRegistrationTests
{
    public static TheoryData<string> Ways => ["type", "scoped", "transient", "instance", "factory", "typed factory", "before", "also added", "also added as itself", "twice"];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Authorizer_RegisteredAsAService_IsAskedOnce(string way)
    {
        var calls = new Calls();
        await using var host = new UploadHost(configure: services =>
        {
            services.AddSingleton(calls);
            Register<IUploadAuthorizer, RefuseAll>(services, way, () => new RefuseAll(calls), () => services.AddDirectUploads().AddAuthorizer<RefuseAll>());
        });

        (await host.Service.RequestAsync(UploadHost.Request, new() { Owner = "ada" })).Error!.Reason.Should().Be(UploadErrorReason.NotAuthorized);
        (await host.Service.AuthorizeAsync(UploadHost.Request, new() { Owner = "ada" })).Error!.Reason.Should().Be(UploadErrorReason.NotAuthorized);
        calls.Allowed = true;
        calls.Count = 0;
        await host.GrantAsync();

        calls.Count.Should().Be(1);
    }

    [Fact]
    public async Task Authorizer_TwoInstancesOfOneType_AreBothAsked()
    {
        var (one, other) = (new Calls { Allowed = true }, new Calls());
        await using var host = new UploadHost(configure: services =>
        {
            services.AddSingleton<IUploadAuthorizer>(new RefuseAll(one));
            services.AddSingleton<IUploadAuthorizer>(new RefuseAll(other));
        });

        (await host.Service.RequestAsync(UploadHost.Request, new() { Owner = "ada" })).Error!.Reason.Should().Be(UploadErrorReason.NotAuthorized);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Observer_RegisteredAsAService_IsNotifiedOnce(string way)
    {
        var calls = new Calls();
        await using var host = new UploadHost(configure: services =>
        {
            services.AddSingleton(calls);
            Register<IUploadObserver, CountReady>(services, way, () => new CountReady(calls), () => services.AddDirectUploads().AddObserver<CountReady>());
        });
        var grant = await host.ReadyAsync();

        await host.Worker.RunOnceAsync();
        await host.RunWorkerAt(TimeSpan.FromHours(5));

        calls.Count.Should().Be(1);
        (await host.RecordOf(grant)).Told.Should().ContainSingle().Which.Observer.Should().Be(typeof(CountReady).FullName);
    }

    [Fact]
    public async Task Observer_ThatNeedsTheService_CanBeMade()
    {
        var calls = new Calls();
        await using var host = new UploadHost(configure: services =>
        {
            services.AddSingleton(calls);
            services.AddSingleton<IUploadObserver>(provider => new NeedsTheService(provider.GetRequiredService<DirectUploadService>(), calls));
        });
        await host.ReadyAsync();

        await host.Worker.RunOnceAsync();

        calls.Count.Should().Be(1);
    }

    [Fact]
    public async Task Observer_TwoInstancesOfOneType_NeedNames()
    {
        await using var host = new UploadHost(configure: services =>
        {
            services.AddSingleton<IUploadObserver>(new CountReady(new Calls()));
            services.AddSingleton<IUploadObserver>(new CountReady(new Calls()));
        });

        var start = host.Services.GetServices<IHostedService>().OfType<UploadStartCheck>().Single();
        await FluentActions.Awaiting(() => start.StartAsync(TestContext.Current.CancellationToken)).Should().ThrowAsync<InvalidOperationException>().WithMessage("*CountReady*AddObserver(name, create)*");
    }

    [Theory]
    [InlineData("authorizer", "*IUploadAuthorizer*\"key\"*AddAuthorizer<T>()*")]
    [InlineData("observer", "*IUploadObserver*\"key\"*AddObserver<T>()*")]
    [InlineData("processor", "*IUploadProcessor*\"key\"*ProcessWith<T>()*")]
    [InlineData("unused processor", "*Scanner*IUploadProcessor*ProcessWith<Scanner>()*")]
    public void WhatWouldNeverBeUsed_IsAnErrorAtStart(string what, string says)
    {
        using var host = new HostBuilder().ConfigureServices(services =>
        {
            services.AddDirectUploads(it => it.Bucket = "bucket").UseInMemoryStore();
            switch (what)
            {
                case "authorizer": services.AddKeyedSingleton<IUploadAuthorizer, RefuseAll>("key"); break;
                case "observer": services.AddKeyedScoped<IUploadObserver, CountReady>("key"); break;
                case "processor": services.AddKeyedSingleton<IUploadProcessor, Scanner>("key"); break;
                default: services.AddSingleton<IUploadProcessor, Scanner>(); break;
            }
        }).Build();

        host.Invoking(it => it.Start()).Should().Throw<InvalidOperationException>().WithMessage(says);
        host.Services.Invoking(it => it.GetRequiredService<DirectUploadService>()).Should().Throw<InvalidOperationException>().WithMessage(says);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Processor_RegisteredAndAdded_IsUsed(bool asInterface)
    {
        await using var host = new UploadHost(
            profile: notes => _ = asInterface ? notes.ProcessWith<IUploadProcessor>("scan") : notes.ProcessWith<Scanner>(),
            configure: services => services.AddSingleton<IUploadProcessor, Scanner>());
        var grant = await host.UploadAsync();
        await host.ConfirmAsync(grant);

        await host.Worker.RunOnceAsync();

        (await host.StatusOf(grant)).Should().Be(UploadStatus.Ready);
    }

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 0)]
    public async Task Start_WithoutAWorker_LogsWhatWaits(bool worker, int warnings)
    {
        var log = new Warnings();
        using var host = new HostBuilder().ConfigureServices(services =>
        {
            services.AddSingleton<ILoggerProvider>(log);
            services.AddSingleton(new Calls());
            services.AddSingleton<IUploadObserver, CountReady>();
            var builder = services.AddDirectUploads(it =>
            {
                it.Bucket = "bucket";
                it.AddProfile("notes", notes => notes.ProcessWith<Scanner>().ContentTypes.Add("*/*"));
            }).UseInMemoryStore();
            if (worker)
                builder.AddWorker();
        }).Build();

        await host.StartAsync(TestContext.Current.CancellationToken);
        await host.StopAsync(TestContext.Current.CancellationToken);

        log.Lines.Count(line => line.Contains("no worker", StringComparison.Ordinal)).Should().Be(warnings);
        if (!worker)
            log.Lines.Should().Contain(line => line.Contains("notes") && line.Contains(nameof(Scanner))).And.Contain(line => line.Contains(nameof(CountReady)));
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

    private sealed class Calls
    {
        public bool Allowed { get; set; }

        public int Count { get; set; }
    }

    private sealed class RefuseAll(Calls calls) : IUploadAuthorizer
    {
        public ValueTask<UploadAuthorization> AuthorizeAsync(UploadAuthorizationContext context, CancellationToken cancellationToken)
        {
            calls.Count++;
            return new(calls.Allowed ? UploadAuthorization.Allow : UploadAuthorization.Refuse("No."));
        }
    }

    private sealed class CountReady(Calls calls) : IUploadObserver
    {
        public Task ReadyAsync(UploadRecord upload, CancellationToken cancellationToken)
        {
            calls.Count++;
            return Task.CompletedTask;
        }
    }

    private sealed class NeedsTheService(DirectUploadService uploads, Calls calls) : IUploadObserver
    {
        public async Task ReadyAsync(UploadRecord upload, CancellationToken cancellationToken)
        {
            if ((await uploads.DeleteAsHostAsync(upload.Id, cancellationToken)).Succeeded)
                calls.Count++;
        }
    }

    private sealed class Scanner : IUploadProcessor
    {
        public Task<UploadVerdict> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken) => Task.FromResult(UploadVerdict.Accept);
    }

    private sealed class Warnings : ILoggerProvider, ILogger
    {
        public System.Collections.Concurrent.ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public void Dispose()
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                Lines.Enqueue(formatter(state, exception));
        }
    }
}
