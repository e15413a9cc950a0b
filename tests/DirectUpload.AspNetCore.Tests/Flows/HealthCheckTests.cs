using Amazon.Runtime;
using Amazon.S3;
using DirectUpload.Stores;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;
using NSubstitute.ExceptionExtensions;

namespace DirectUpload.AspNetCore.Tests.Flows;

/// <summary>What a host says of itself, against the real server.</summary>
public abstract class HealthCheckTests(S3ServerFixture server) : FlowTests(server)
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);

    protected override TestHostOptions HostOptions => AddHealthChecks(_ => { });

    [Fact]
    public async Task Check_WorkingBucket_IsHealthyAndLeavesNoObject()
    {
        var report = await ReportAsync(App);

        report.Status.Should().Be(HealthStatus.Healthy, report.Description);
        (await Server.S3.ListObjectsV2Async(
            new() { BucketName = Bucket, Prefix = "staging/health/" },
            TestContext.Current.CancellationToken)).S3Objects.Should().BeNullOrEmpty();
    }

    [Fact]
    public async Task Check_RepeatedCalls_ProbeOncePer15Seconds()
    {
        var bucket = await Server.CreateBucketAsync(
            new Amazon.S3.Model.CORSRule { AllowedOrigins = ["*"], AllowedMethods = ["PUT", "POST"] });
        await using var app = await UploadApp.StartAsync(Server.S3, bucket, HostOptions);
        (await ReportAsync(app)).Status.Should().Be(HealthStatus.Healthy);
        await Server.S3.DeleteBucketAsync(bucket, TestContext.Current.CancellationToken);

        _clock.Advance(TimeSpan.FromSeconds(14));
        (await ReportAsync(app)).Status.Should().Be(HealthStatus.Healthy);
        _clock.Advance(TimeSpan.FromSeconds(1));
        (await ReportAsync(app)).Status.Should().Be(HealthStatus.Unhealthy);
    }

    [Fact]
    public async Task Check_WrongCredentials_IsUnhealthy()
    {
        using var wrong = new AmazonS3Client(
            new BasicAWSCredentials(Server.AccessKey, "not-the-secret"), new AmazonS3Config
            {
                ServiceURL = Server.Endpoint,
                ForcePathStyle = true,
                AuthenticationRegion = Server.Region,
                MaxErrorRetry = 0,
            });
        await using var app = await UploadApp.StartAsync(wrong, Bucket, HostOptions);

        var report = await ReportAsync(app);

        report.Status.Should().Be(HealthStatus.Unhealthy);
        report.Description.Should().StartWith($"bucket {Bucket}: ").And.NotContain("://").And.NotContain("Signature=");
    }

    [Fact]
    public async Task Check_StorageUnavailable_IsUnhealthy()
    {
        await using var app = await UploadApp.StartAsync(TestS3Clients.CreateUnreachable(), Bucket, HostOptions);

        var report = await ReportAsync(app);

        report.Status.Should().Be(HealthStatus.Unhealthy);
        report.Exception.Should().NotBeNull();
    }

    [Fact]
    public async Task Check_StoreUnavailable_IsUnhealthy()
    {
        var store = Substitute.For<IUploadRecordStore>();
        store.FindAsync(default, TestContext.Current.CancellationToken).ThrowsAsyncForAnyArgs(new TimeoutException("The database is out."));
        await using var app = await UploadApp.StartAsync(
            Server.S3, Bucket, AddHealthChecks(services => services.Replace(ServiceDescriptor.Singleton(store))));

        var report = await ReportAsync(app);

        (report.Status, report.Description).Should().Be((HealthStatus.Unhealthy, "store: The database is out."));
    }

    [Fact]
    public async Task Check_OverdueUploads_IsDegraded()
    {
        var record = await App.RecordAsync((await UploadedAsync(TestFiles.Png())).Id);
        await App.Store.TryUpdateAsync(
            record with { NextActionAt = _clock.GetUtcNow() - TimeSpan.FromMinutes(6) }, TestContext.Current.CancellationToken);

        var report = await ReportAsync(App);

        report.Status.Should().Be(HealthStatus.Degraded);
        report.Description.Should().StartWith("worker: 1 records are due").And.Contain("AddWorker()");
        report.Data["due"].Should().Be(1);
        await App.Services.GetRequiredService<UploadWorker>().RunOnceAsync(TestContext.Current.CancellationToken);
        _clock.Advance(TimeSpan.FromMinutes(1));
        (await ReportAsync(App)).Status.Should().Be(HealthStatus.Healthy);
    }

    [Fact]
    public async Task Check_HangingWorker_IsDegraded()
    {
        var store = Substitute.For<IUploadRecordStore>();
#pragma warning disable CA2012 // That is how a substitute is told.
        store.LeaseDueAsync(default, default, default, TestContext.Current.CancellationToken)
            .ReturnsForAnyArgs(
                _ => new ValueTask<IReadOnlyList<UploadRecord>>(new TaskCompletionSource<IReadOnlyList<UploadRecord>>().Task));
#pragma warning restore CA2012
        await using var app = await UploadApp.StartAsync(Server.S3, Bucket, AddHealthChecks(services =>
        {
            services.Replace(ServiceDescriptor.Singleton(store));
            services.AddDirectUploads().AddWorker();
            services.Configure<Microsoft.Extensions.Hosting.HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(100));
        }));
        (await ReportAsync(app)).Status.Should().Be(HealthStatus.Healthy);

        _clock.Advance(TimeSpan.FromMinutes(5));

        (await ReportAsync(app)).Description
            .Should().StartWith("worker: The worker of this host has not polled the record store for 0:05:00");
    }

    [Fact]
    public async Task Check_PublicEndpointConfigured_WritesToTheInternalOne()
    {
        await using var app = await UploadApp.StartAsync(Server.S3, Bucket, HostOptions with
        {
            Uploads = options =>
            {
                RemoveWhatTheServerLacks(options);
                options.PublicEndpoint = new Uri("http://storage.invalid:9000");
            },
        });

        (await ReportAsync(app)).Status.Should().Be(HealthStatus.Healthy);
    }

    [Fact]
    public async Task Check_RequiredStorageChecksum_IsDegradedIfStorageReportsNone()
    {
        await using var app = await UploadApp.StartAsync(Server.S3, Bucket, HostOptions with
        {
            Uploads = options =>
            {
                RemoveWhatTheServerLacks(options);
                options.Profiles["picture"].RequireIntegrity = IntegrityRequirement.StorageChecksum;
            },
        });

        var report = await ReportAsync(app);

        if (await Server.LacksAsync(S3Features.Checksums))
            report.Description.Should().Contain("\"picture\"").And.Contain("set RequireIntegrity to ReadObject");
        else
            report.Status.Should().Be(HealthStatus.Healthy, report.Description);
    }

    private TestHostOptions AddHealthChecks(Action<IServiceCollection> services) => new()
    {
        Uploads = RemoveWhatTheServerLacks,
        Services = it =>
        {
            it.AddSingleton<TimeProvider>(_clock);
            it.AddHealthChecks().AddDirectUploads();
            services(it);
        },
        Map = app =>
        {
            app.MapDirectUploads("/uploads").AllowAnonymous();
            app.MapHealthChecks("/health");
        },
    };

    // A host is not healthy whose profiles need what its server can't do.
    private void RemoveWhatTheServerLacks(DirectUploadOptions options)
    {
        if (Server.Lacks.HasFlag(S3Features.Forms))
            _ = options.Profiles.Remove("form") && options.Profiles.Remove("uppy");
        if (Server.Lacks.HasFlag(S3Features.ConditionalWrites))
            _ = options.Profiles.Remove("in-place") && options.Profiles.Remove("film-in-place");
    }

    private static async Task<HealthReportEntry> ReportAsync(UploadApp app) =>
        (await app.Services.GetRequiredService<HealthCheckService>()
            .CheckHealthAsync(TestContext.Current.CancellationToken)).Entries["directupload"];
}
