using DirectUpload.Processing;
using DirectUpload.Stores;
using DirectUpload.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Tests.Processing;

/// <summary>A web host and a worker host on one store, of which only the latter has the scanner.</summary>
public sealed class MissingProcessorTrackerTests
{
    private const string ProcessorName = "virus-scan";

    private readonly InMemoryUploadRecordStore _store = new();
    private readonly FakeBucket _bucket = new();
    private readonly ScanCounter _scans = new();

    [Theory]
    [InlineData("required by name")]
    [InlineData("process in worker")]
    public async Task Confirm_InTheWebHost_WorkerHostProcesses(string how)
    {
        await using var web = CreateHost(notes => Declare(notes, how));
        await using var worker = CreateHost(notes => Declare(notes, how).AddProcessor<CountingScanner>(ProcessorName));
        var grant = await web.UploadAsync();

        (await web.ConfirmAsync(grant)).Value!.Status.Should().Be(UploadStatus.Uploaded);
        (await web.Service.ConfirmAsync(grant.Record.Id, UploadAccess.Application)).Value!.Status.Should().Be(UploadStatus.Uploaded);
        _scans.Count.Should().Be(0);
        await worker.Worker.RunOnceAsync();

        (await web.GetStatusAsync(grant)).Should().Be(UploadStatus.Ready);
        _scans.Count.Should().Be(1);
    }

    [Fact]
    public async Task Worker_ProcessorMissing_CostsNoAttempt()
    {
        var log = new CapturedLog<MissingProcessorTracker>();
        await using var web = CreateHost(notes => notes.RequiredProcessors.Add(ProcessorName), log);
        var grants = new[] { await web.UploadAsync(), await web.UploadAsync() };
        foreach (var grant in grants)
            await web.ConfirmAsync(grant);

        for (var minutes = 0; minutes < 600; minutes++)
            await web.RunWorkerAtAsync(TimeSpan.FromMinutes(minutes));

        foreach (var grant in grants)
        {
            var record = await web.GetRecordAsync(grant);
            (record.Status, record.Attempts, record.FailedAttempts).Should().Be((UploadStatus.Uploaded, 0, 0));
            record.Version.Should().BeLessThan(1400, "it is looked at once a minute, not in a loop");
        }

        log.Lines.Should().ContainSingle().Which.Should().StartWith("Warning: Processor virus-scan, which profile notes requires");
    }

    [Fact]
    public async Task Workers_OneLacksTheProcessor_TheOtherProcessesSoon()
    {
        await using var web = CreateHost(notes => notes.RequiredProcessors.Add(ProcessorName));
        await using var worker = CreateHost(notes => notes.AddProcessor<CountingScanner>(ProcessorName));
        var grants = new List<UploadGrant>();
        for (var number = 0; number < 30; number++)
            grants.Add(await web.UploadAsync());
        foreach (var grant in grants)
            await web.ConfirmAsync(grant);

        // The web host's worker always looks first, twice as often.
        var seconds = 0;
        for (; seconds < 120 && _scans.Count < 30; seconds += 5)
        {
            await web.RunWorkerAtAsync(TimeSpan.FromSeconds(seconds));
            await web.RunWorkerAtAsync(TimeSpan.FromSeconds(seconds + 2));
            worker.Clock.SetUtcNow(web.Clock.GetUtcNow() + TimeSpan.FromSeconds(2));
            await worker.Worker.RunOnceAsync();
        }

        foreach (var grant in grants)
            (await web.GetStatusAsync(grant)).Should().Be(UploadStatus.Ready);
    }

    [Fact]
    public async Task Worker_ProcessorMissing_GivesOthersPrecedence()
    {
        await using var web = CreateHost(notes => notes.RequiredProcessors.Add(ProcessorName));
        var missing = web.Services.GetRequiredService<MissingProcessorTracker>();
        await web.ConfirmAsync(await web.UploadAsync());
        missing.LeaseDelay.Should().Be(TimeSpan.Zero);

        await web.Worker.RunOnceAsync();

        missing.LeaseDelay.Should().Be(TimeSpan.FromSeconds(5));
        web.Clock.Advance(TimeSpan.FromMinutes(6));
        missing.LeaseDelay.Should().Be(TimeSpan.Zero, "perhaps it is over");
    }

    [Fact]
    public async Task Worker_MoreProcessorsThanRecorded_RunsAll()
    {
        await using var web = CreateHost(notes => notes.ProcessInWorker = true);
        var grant = await web.UploadAsync();
        (await web.GetRecordAsync(grant)).RequiredProcessors.Should().BeEmpty();
        await using var worker = CreateHost(notes => notes.AddProcessor<CountingScanner>());
        await web.ConfirmAsync(grant);

        await worker.Worker.RunOnceAsync();

        _scans.Count.Should().Be(1);
    }

    [Fact]
    public async Task Worker_InTheWebHost_ConfirmsButDoesNotProcess()
    {
        await using var web = CreateHost(notes => notes.RequiredProcessors.Add(ProcessorName));
        var grant = await web.UploadAsync();

        await web.RunWorkerAtAsync(TimeSpan.FromMinutes(75));

        (await web.GetStatusAsync(grant)).Should().Be(UploadStatus.Uploaded);
    }

    [Fact]
    public async Task Request_RequiredProcessors_AreRecorded()
    {
        await using var host = CreateHost(notes =>
        {
            notes.RequiredProcessors.Add(ProcessorName);
            notes.AddProcessor<CountingScanner>(ProcessorName).AddProcessor<CountingScanner>();
        });

        (await host.GrantAsync()).Record.RequiredProcessors.Should().Equal(ProcessorName, typeof(CountingScanner).FullName);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public void AddProcessor_ANameThatIsNone_Throws(string? name)
    {
        var add = () => new UploadProfile().AddProcessor<CountingScanner>(name ?? new string('a', 201));

        add.Should().Throw<ArgumentException>().WithMessage("*1 to 200*");
    }

    private static UploadProfile Declare(UploadProfile notes, string how)
    {
        if (how == "process in worker")
            notes.ProcessInWorker = true;
        else
            notes.RequiredProcessors.Add(ProcessorName);
        return notes;
    }

    private UploadHost CreateHost(Action<UploadProfile> profile, ILogger<MissingProcessorTracker>? log = null) =>
        new(_bucket, profile, store: _store, configure: services =>
        {
            services.AddSingleton(_scans);
            if (log is not null)
                services.AddSingleton(log);
        });

    private sealed class ScanCounter
    {
        public int Count;
    }

    private sealed class CountingScanner(ScanCounter scans) : IUploadProcessor
    {
        public Task<ProcessingResult> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref scans.Count);
            return Task.FromResult(ProcessingResult.Accept);
        }
    }
}
