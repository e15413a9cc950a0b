using System.Diagnostics.Metrics;
using DirectUpload.Tests.Fixtures;
using DirectUpload.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DirectUpload.Tests.Worker;

public sealed class UploadWorkerServiceMetricsTests
{
    [Fact]
    public async Task Worker_WithMeterListener_ReportsTheBacklog()
    {
        var store = new FaultInjectingStore();
        using var factory = new TestMeterFactory();
        await using var host = new UploadHost(store: store, configure: services =>
        {
            services.AddSingleton<IMeterFactory>(factory);
            services.AddDirectUploads().AddWorker(worker => worker.Parallelism = 1);
        });
        var seen = new Dictionary<string, double>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, it) => EnableOwnInstrument(factory, instrument, it) };
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => seen[instrument.Name] = value);
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => seen[instrument.Name] = value);
        listener.Start();
        var grant = await host.GrantAsync();
        host.Clock.Advance(grant.Record.NextActionAt!.Value - host.Clock.Start + TimeSpan.FromSeconds(90));
        // What is due and can't be claimed waits.
        store.ReturnsDueRecords = false;

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

    private static void EnableOwnInstrument(TestMeterFactory factory, Instrument instrument, MeterListener listener)
    {
        if (factory.Created.Contains(instrument.Meter))
            listener.EnableMeasurementEvents(instrument);
    }

    private sealed class TestMeterFactory : IMeterFactory
    {
        public List<Meter> Created { get; } = [];

        public Meter Create(MeterOptions options)
        {
            var meter = new Meter(options);
            Created.Add(meter);
            return meter;
        }

        public void Dispose() => Created.ForEach(meter => meter.Dispose());
    }
}
