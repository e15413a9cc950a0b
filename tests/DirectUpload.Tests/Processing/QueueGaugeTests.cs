using System.Diagnostics.Metrics;
using DirectUpload.Processing;
using DirectUpload.Tests.Service;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DirectUpload.Tests.Processing;

public sealed class QueueGaugeTests
{
    [Fact]
    public async Task The_worker_measures_what_waits_when_somebody_wants_to_know()
    {
        var store = new MoodyStore();
        using var factory = new OwnMeters();
        await using var host = new UploadHost(store: store, configure: services =>
        {
            services.AddSingleton<IMeterFactory>(factory);
            services.AddDirectUploads().AddWorker(worker => worker.Parallelism = 1);
        });
        var seen = new Dictionary<string, double>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, it) => Enable(factory, instrument, it) };
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => seen[instrument.Name] = value);
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => seen[instrument.Name] = value);
        listener.Start();
        var grant = await host.GrantAsync();
        host.Clock.Advance(grant.Record.DueAt!.Value - host.Clock.Start + TimeSpan.FromSeconds(90));
        // What is due and can't be claimed waits.
        store.Claims = false;

        var worker = host.Services.GetServices<IHostedService>().OfType<UploadWorkerService>().Single();
        await worker.StartAsync(TestContext.Current.CancellationToken);
        for (var waited = 0; waited < 500 && !seen.ContainsKey("directupload.queue.depth"); waited++)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
            listener.RecordObservableInstruments();
        }

        await worker.StopAsync(TestContext.Current.CancellationToken);
        seen["directupload.queue.depth"].Should().Be(1);
        seen["directupload.queue.oldest_age"].Should().Be(90);
    }

    private static void Enable(OwnMeters factory, Instrument instrument, MeterListener listener)
    {
        if (factory.Made.Contains(instrument.Meter))
            listener.EnableMeasurementEvents(instrument);
    }

    private sealed class OwnMeters : IMeterFactory
    {
        public List<Meter> Made { get; } = [];

        public Meter Create(MeterOptions options)
        {
            var meter = new Meter(options);
            Made.Add(meter);
            return meter;
        }

        public void Dispose() => Made.ForEach(meter => meter.Dispose());
    }
}
