using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Amazon.Runtime;
using Amazon.S3;
using DirectUpload.AspNetCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.EntityFrameworkCore.Tests.Notifications;

/// <summary>
/// Event handlers in the host that confirms: notification must not contend with processing. 48 uploads for each store as a rule;
/// DIRECTUPLOAD_NOTIFICATION_UPLOADS=1000 runs the full load, and then holds the 99th percentile of confirm to twice that without handlers.
/// </summary>
public sealed class NotificationLoadTests(LocalS3Fixture s3) : IClassFixture<LocalS3Fixture>
{
    private const int Concurrency = 8;

    private static readonly TimeSpan StorageLatency = TimeSpan.FromMilliseconds(30);

    private static readonly int Uploads = int.Parse(
        Engine.GetVariable("DIRECTUPLOAD_NOTIFICATION_UPLOADS") ?? "48", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("memory")]
    [InlineData("SQLite")]
    [InlineData("PostgreSQL")]
    public async Task Confirm_HandlersAndWorker_NeitherStallsNorLosesLeases(string store)
    {
        var without = await RunAsync(store, handlers: false);
        var with = await RunAsync(store, handlers: true);

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{store}: {Uploads} uploads, p50/p99 of confirm {without.Percentile(50):0}/{without.Percentile(99):0} ms without handlers, "
            + $"{with.Percentile(50):0}/{with.Percentile(99):0} ms with; "
            + $"202: {without.Accepted}/{with.Accepted}; takeovers: {without.Takeovers}/{with.Takeovers}; calls {with.Calls}, "
            + $"deliveries {with.Deliveries}");
        with.Accepted.Should().Be(0);
        with.Takeovers.Should().Be(0);
        with.Notified.Should().Be(2 * Uploads, "each upload is confirmed and ready");
        with.Calls.Should().BeInRange(2 * Uploads, (2 * Uploads) + (Uploads / 10), "at least once, and seldom more");
        with.Deliveries.Should().BeInRange(2 * Uploads, (2 * Uploads) + (Uploads / 10));
        if (Uploads >= 1000)
            with.Percentile(99).Should().BeLessThanOrEqualTo(2 * without.Percentile(99));
    }

    private async Task<Result> RunAsync(string store, bool handlers)
    {
        var (file, database) = (new SqliteFile(), store == "PostgreSQL" ? PostgresDatabase.Require() : null);
        var calls = new RecordingEventHandler();
        await using var webhook = await EventReceiver.StartAsync();
        using var client = CreateSlowClient();
        var app = await UploadApp.StartAsync(client, s3.Bucket, new()
        {
            Services = services =>
            {
                var builder = services.AddDirectUploads().AddWorker();
                if (store == "SQLite")
                    builder.UseEntityFrameworkCore(o => o.UseSqlite(file.ConnectionString));
                else if (database is not null)
                    builder.UseEntityFrameworkCore(o => o.UseNpgsql(database.ConnectionString));
                if (!handlers)
                    return;
                builder.AddEventHandler("handler", _ => calls);
                builder.AddWebhook(o =>
                {
                    o.Url = webhook.Endpoint;
                    o.Secrets.Add(WebhookSecret.Create());
                });
            },
        });
        Result result;
        await using (app)
        {
            using var takeovers = new LeaseTakeoverCounter(app.Services.GetRequiredService<IMeterFactory>());
            result = await UploadAsync(app) with { Takeovers = takeovers.Count };
            if (handlers)
            {
                for (var waited = Stopwatch.StartNew(); (calls.Notified < 2 * Uploads || webhook.Requests < 2 * Uploads)
                    && waited.Elapsed < TimeSpan.FromMinutes(1);)
                    await Task.Delay(50);
                result = result with
                {
                    Notified = calls.Notified,
                    Calls = calls.Count,
                    Deliveries = webhook.Requests,
                    Takeovers = takeovers.Count,
                };
            }
        }

        if (database is not null)
            await database.DropAsync();
        file.Delete();
        return result;
    }

    private async Task<Result> UploadAsync(UploadApp app)
    {
        var bytes = TestFiles.Png();
        var (latencies, accepted) = (new ConcurrentBag<double>(), 0);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Uploads), new ParallelOptions { MaxDegreeOfParallelism = Concurrency }, async (_, _) =>
            {
                var grant = await app.Client.GrantAsync(TestUploadRequest.FromPicture(bytes));
                (await new StorageClient(s3.Http).UploadAsync(grant, bytes)).ShouldBe(200);
                var since = Stopwatch.StartNew();
                var confirmed = await app.Client.ConfirmAsync(grant);
                latencies.Add(since.Elapsed.TotalMilliseconds);
                confirmed.Code.Should().BeOneOf(200, 202);
                if (confirmed.Code == 202)
                    Interlocked.Increment(ref accepted);
            });
        return new([.. latencies.Order()], accepted);
    }

    private AmazonS3Client CreateSlowClient() => new(s3.Access.AccessKey, s3.Access.SecretKey, new AmazonS3Config
    {
        ServiceURL = s3.Access.Endpoint,
        AuthenticationRegion = s3.Access.Region,
        ForcePathStyle = true,
        UseHttp = true,
        HttpClientFactory = new DelayingClientFactory(),
        RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
        ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
    });

    private sealed record Result(double[] Latencies, int Accepted)
    {
        public long Takeovers { get; init; }

        public int Notified { get; init; }

        public int Calls { get; init; }

        public int Deliveries { get; init; }

        public double Percentile(int percent) => Latencies[Math.Min(Latencies.Length - 1, Latencies.Length * percent / 100)];
    }

    private sealed class RecordingEventHandler : IUploadEventHandler
    {
        private readonly ConcurrentDictionary<(UploadId, string), int> _calls = [];

        public int Notified => _calls.Count;

        public int Count => _calls.Values.Sum();

        public Task OnConfirmedAsync(Upload upload, CancellationToken cancellationToken) => Add(upload, "confirmed");

        public Task OnReadyAsync(Upload upload, CancellationToken cancellationToken) => Add(upload, "ready");

        private Task Add(Upload upload, string step)
        {
            _calls.AddOrUpdate((upload.Id, step), 1, (_, count) => count + 1);
            return Task.CompletedTask;
        }
    }

    private sealed class LeaseTakeoverCounter : IDisposable
    {
        private readonly MeterListener _listener = new();
        private long _count;

        public LeaseTakeoverCounter(IMeterFactory factory)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "directupload.lease.takeovers" && ReferenceEquals(instrument.Meter.Scope, factory))
                    listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>((_, count, _, _) => Interlocked.Add(ref _count, count));
            _listener.Start();
        }

        public long Count => Interlocked.Read(ref _count);

        public void Dispose() => _listener.Dispose();
    }

    private sealed class DelayingClientFactory : HttpClientFactory
    {
        private readonly DelayingHandler _delay = new();

        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(_delay, disposeHandler: false);

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

        public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;
    }

    private sealed class DelayingHandler() : DelegatingHandler(new SocketsHttpHandler { UseProxy = false })
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Delay(StorageLatency, cancellationToken);
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
