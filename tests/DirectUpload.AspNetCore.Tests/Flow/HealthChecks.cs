using Amazon.Runtime;
using Amazon.S3;
using DirectUpload.Processing;
using DirectUpload.Records;
using DirectUpload.Uploads;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;
using NSubstitute.ExceptionExtensions;

namespace DirectUpload.AspNetCore.Tests.Flow;

/// <summary>What a host says of itself, against the real server.</summary>
public abstract class HealthChecks(S3ServerFixture server) : FlowSuite(server)
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);

    protected override HostChoices Choices => Checked(_ => { });

    [Fact]
    public async Task Healthy_is_who_can_sign_write_read_and_delete_and_nothing_stays()
    {
        var report = await ReportAsync(App);

        report.Status.Should().Be(HealthStatus.Healthy, report.Description);
        (await Server.S3.ListObjectsV2Async(new() { BucketName = Bucket, Prefix = "staging/health/" }, TestContext.Current.CancellationToken)).S3Objects.Should().BeNullOrEmpty();
    }

    [Fact]
    public async Task Looks_once_in_15_seconds_however_often_it_is_asked()
    {
        var bucket = await Server.CreateBucketAsync(new Amazon.S3.Model.CORSRule { AllowedOrigins = ["*"], AllowedMethods = ["PUT", "POST"] });
        await using var app = await UploadApp.StartAsync(Server.S3, bucket, Choices);
        (await ReportAsync(app)).Status.Should().Be(HealthStatus.Healthy);
        await Server.S3.DeleteBucketAsync(bucket, TestContext.Current.CancellationToken);

        _clock.Advance(TimeSpan.FromSeconds(14));
        (await ReportAsync(app)).Status.Should().Be(HealthStatus.Healthy);
        _clock.Advance(TimeSpan.FromSeconds(1));
        (await ReportAsync(app)).Status.Should().Be(HealthStatus.Unhealthy);
    }

    [Fact]
    public async Task Unhealthy_is_whose_credentials_sign_in_vain()
    {
        using var wrong = new AmazonS3Client(
            new BasicAWSCredentials(Server.AccessKey, "not-the-secret"), new AmazonS3Config { ServiceURL = Server.Endpoint, ForcePathStyle = true, AuthenticationRegion = Server.Region, MaxErrorRetry = 0 });
        await using var app = await UploadApp.StartAsync(wrong, Bucket, Choices);

        var report = await ReportAsync(app);

        report.Status.Should().Be(HealthStatus.Unhealthy);
        report.Description.Should().StartWith($"bucket {Bucket}: ").And.NotContain("://").And.NotContain("Signature=");
    }

    [Fact]
    public async Task Unhealthy_is_whose_storage_is_away()
    {
        await using var app = await UploadApp.StartAsync(S3Clients.Nowhere(), Bucket, Choices);

        var report = await ReportAsync(app);

        report.Status.Should().Be(HealthStatus.Unhealthy);
        report.Exception.Should().NotBeNull();
    }

    [Fact]
    public async Task Unhealthy_is_whose_store_is_out()
    {
        var store = Substitute.For<IUploadRecordStore>();
        store.FindAsync(default, TestContext.Current.CancellationToken).ThrowsAsyncForAnyArgs(new TimeoutException("The database is out."));
        await using var app = await UploadApp.StartAsync(Server.S3, Bucket, Checked(services => services.Replace(ServiceDescriptor.Singleton(store))));

        var report = await ReportAsync(app);

        (report.Status, report.Description).Should().Be((HealthStatus.Unhealthy, "store: The database is out."));
    }

    [Fact]
    public async Task Degraded_is_where_nobody_does_what_is_due()
    {
        var record = await App.RecordAsync((await UploadedAsync(Bytes.Png())).Id);
        await App.Store.TryUpdateAsync(record with { DueAt = _clock.GetUtcNow() - TimeSpan.FromMinutes(6) }, TestContext.Current.CancellationToken);

        var report = await ReportAsync(App);

        report.Status.Should().Be(HealthStatus.Degraded);
        report.Description.Should().StartWith("worker: 1 records are due").And.Contain("AddWorker()");
        report.Data["due"].Should().Be(1);
        await App.Services.GetRequiredService<UploadWorker>().RunOnceAsync(TestContext.Current.CancellationToken);
        _clock.Advance(TimeSpan.FromMinutes(1));
        (await ReportAsync(App)).Status.Should().Be(HealthStatus.Healthy);
    }

    [Fact]
    public async Task Degraded_is_whose_worker_hangs()
    {
        var store = Substitute.For<IUploadRecordStore>();
#pragma warning disable CA2012 // That is how a substitute is told.
        store.ClaimDueAsync(default, default, default, TestContext.Current.CancellationToken)
            .ReturnsForAnyArgs(_ => new ValueTask<IReadOnlyList<UploadRecord>>(new TaskCompletionSource<IReadOnlyList<UploadRecord>>().Task));
#pragma warning restore CA2012
        await using var app = await UploadApp.StartAsync(Server.S3, Bucket, Checked(services =>
        {
            services.Replace(ServiceDescriptor.Singleton(store));
            services.AddDirectUploads().AddWorker();
            services.Configure<Microsoft.Extensions.Hosting.HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(100));
        }));
        (await ReportAsync(app)).Status.Should().Be(HealthStatus.Healthy);

        _clock.Advance(TimeSpan.FromMinutes(5));

        (await ReportAsync(app)).Description.Should().StartWith("worker: The worker of this host has not asked the store for 0:05:00");
    }

    [Fact]
    public async Task Where_clients_have_an_address_of_their_own_the_application_writes_by_its_own()
    {
        await using var app = await UploadApp.StartAsync(Server.S3, Bucket, Choices with
        {
            Uploads = options =>
            {
                RemoveWhatTheServerLacks(options);
                options.PublicEndpoint = new Uri("http://storage.invalid:9000");
            },
        });

        (await ReportAsync(app)).Status.Should().Be(HealthStatus.Healthy);
    }

    private HostChoices Checked(Action<IServiceCollection> services) => new()
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
        (await app.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken)).Entries["directupload"];
}
