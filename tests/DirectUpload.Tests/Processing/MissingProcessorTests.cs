using DirectUpload.Processing;
using DirectUpload.Profiles;
using DirectUpload.Records;
using DirectUpload.Tests.Service;
using DirectUpload.Uploads;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Tests.Processing;

/// <summary>A web host and a worker host on one store, of which only the latter has the scanner.</summary>
public sealed class MissingProcessorTests
{
    private const string Name = "virus-scan";

    private readonly InMemoryUploadRecordStore _store = new();
    private readonly FakeBucket _bucket = new();
    private readonly Scans _scans = new();

    [Theory]
    [InlineData("required by name")]
    [InlineData("process in worker")]
    public async Task Confirm_InTheWebHost_LeavesItToTheWorkerHost(string how)
    {
        await using var web = Host(notes => Declare(notes, how));
        await using var worker = Host(notes => Declare(notes, how).ProcessWith<Scanner>(Name));
        var grant = await web.UploadAsync();

        (await web.ConfirmAsync(grant)).Value!.Status.Should().Be(UploadStatus.Uploaded);
        (await web.Service.ConfirmAsHostAsync(grant.Record.Id)).Value!.Status.Should().Be(UploadStatus.Uploaded);
        _scans.Count.Should().Be(0);
        await worker.Worker.RunOnceAsync();

        (await web.StatusOf(grant)).Should().Be(UploadStatus.Ready);
        _scans.Count.Should().Be(1);
    }

    [Fact]
    public async Task Worker_LackingAProcessor_LeavesTheUploadUnscathed()
    {
        var log = new LogLines<MissingProcessors>();
        await using var web = Host(notes => notes.RequiredProcessors.Add(Name), log);
        var grants = new[] { await web.UploadAsync(), await web.UploadAsync() };
        foreach (var grant in grants)
            await web.ConfirmAsync(grant);

        for (var minutes = 0; minutes < 600; minutes++)
            await web.RunWorkerAt(TimeSpan.FromMinutes(minutes));

        foreach (var grant in grants)
        {
            var record = await web.RecordOf(grant);
            (record.Status, record.Attempts, record.Failures).Should().Be((UploadStatus.Uploaded, 0, 0));
            record.Version.Should().BeLessThan(1400, "it is looked at once a minute, not in a loop");
        }

        log.Lines.Should().ContainSingle().Which.Should().StartWith("Warning: Profile notes requires the processor virus-scan");
    }

    [Fact]
    public async Task Workers_OfBothKinds_TheOneWithTheProcessorGetsItSoon()
    {
        await using var web = Host(notes => notes.RequiredProcessors.Add(Name));
        await using var worker = Host(notes => notes.ProcessWith<Scanner>(Name));
        var grants = new List<UploadGrant>();
        for (var number = 0; number < 30; number++)
            grants.Add(await web.UploadAsync());
        foreach (var grant in grants)
            await web.ConfirmAsync(grant);

        // The web host's worker always looks first, twice as often.
        var seconds = 0;
        for (; seconds < 120 && _scans.Count < 30; seconds += 5)
        {
            await web.RunWorkerAt(TimeSpan.FromSeconds(seconds));
            await web.RunWorkerAt(TimeSpan.FromSeconds(seconds + 2));
            worker.Clock.SetUtcNow(web.Clock.GetUtcNow() + TimeSpan.FromSeconds(2));
            await worker.Worker.RunOnceAsync();
        }

        foreach (var grant in grants)
            (await web.StatusOf(grant)).Should().Be(UploadStatus.Ready);
    }

    [Fact]
    public async Task Worker_ThatLacksOne_LeavesOthersAHeadStart()
    {
        await using var web = Host(notes => notes.RequiredProcessors.Add(Name));
        var missing = web.Services.GetRequiredService<MissingProcessors>();
        await web.ConfirmAsync(await web.UploadAsync());
        missing.Grace.Should().Be(TimeSpan.Zero);

        await web.Worker.RunOnceAsync();

        missing.Grace.Should().Be(TimeSpan.FromSeconds(5));
        web.Clock.Advance(TimeSpan.FromMinutes(6));
        missing.Grace.Should().Be(TimeSpan.Zero, "perhaps it is over");
    }

    [Fact]
    public async Task Worker_WithMoreThanTheRecordLists_RunsAllItHas()
    {
        await using var web = Host(notes => notes.ProcessInWorker = true);
        var grant = await web.UploadAsync();
        (await web.RecordOf(grant)).RequiredProcessors.Should().BeEmpty();
        await using var worker = Host(notes => notes.ProcessWith<Scanner>());
        await web.ConfirmAsync(grant);

        await worker.Worker.RunOnceAsync();

        _scans.Count.Should().Be(1);
    }

    [Fact]
    public async Task Worker_OfTheWebHost_ConfirmsArrivalsAndFinishesNothing()
    {
        await using var web = Host(notes => notes.RequiredProcessors.Add(Name));
        var grant = await web.UploadAsync();

        await web.RunWorkerAt(TimeSpan.FromMinutes(75));

        (await web.StatusOf(grant)).Should().Be(UploadStatus.Uploaded);
    }

    [Fact]
    public async Task Request_RecordsTheNamesOfItsProcessors()
    {
        await using var host = Host(notes =>
        {
            notes.RequiredProcessors.Add(Name);
            notes.ProcessWith<Scanner>(Name).ProcessWith<Scanner>();
        });

        (await host.GrantAsync()).Record.RequiredProcessors.Should().Equal(Name, typeof(Scanner).FullName);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public void ProcessWith_ANameThatIsNone_Throws(string? name)
    {
        var add = () => new UploadProfile().ProcessWith<Scanner>(name ?? new string('a', 201));

        add.Should().Throw<ArgumentException>().WithMessage("*1 to 200*");
    }

    private static UploadProfile Declare(UploadProfile notes, string how)
    {
        if (how == "process in worker")
            notes.ProcessInWorker = true;
        else
            notes.RequiredProcessors.Add(Name);
        return notes;
    }

    private UploadHost Host(Action<UploadProfile> profile, ILogger<MissingProcessors>? log = null) => new(_bucket, profile, store: _store, configure: services =>
    {
        services.AddSingleton(_scans);
        if (log is not null)
            services.AddSingleton(log);
    });

    private sealed class Scans
    {
        public int Count;
    }

    private sealed class Scanner(Scans scans) : IUploadProcessor
    {
        public Task<UploadVerdict> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref scans.Count);
            return Task.FromResult(UploadVerdict.Accept);
        }
    }
}
