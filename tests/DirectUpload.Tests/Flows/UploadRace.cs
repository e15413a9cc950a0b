using System.Collections.Concurrent;
using DirectUpload.Lifecycle;
using DirectUpload.Processing;
using DirectUpload.Stores;
using DirectUpload.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.Tests.Flows;

/// <summary>
/// One upload, two hosts on one store and one bucket, and everybody at once who can have to do with it: the client that confirms, sends
/// again, aborts; storage's event; the application that deletes or retries; both workers; and time. A seed says who takes part, how often,
/// and where each waits.
/// </summary>
internal sealed class UploadRace : IAsyncDisposable
{
    /// <summary>A record keeps no more; then the first are kept, and the last.</summary>
    private const int MaxTransitions = 32;

    private const string ReplacedText = "HELLO, WORLD";

    private readonly Lock _timeLock = new();
    private readonly RandomScheduler _scheduler;
    private readonly bool _hasProcessor;
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly FakeBucket _bucket;
    private readonly UploadHost[] _hosts;
    private readonly ConcurrentQueue<(string Who, UploadStatus Status)> _answers = [];

    public UploadRace(int seed, bool processed)
    {
        (_scheduler, _hasProcessor) = (new RandomScheduler(seed), processed);
        _bucket = new FakeBucket { BeforeCall = (_, _) => _scheduler.DelayAsync(), VerifiesCopies = _scheduler.Next(2) > 0 };
        var store = new RandomDelayStore(new InMemoryUploadRecordStore(), _scheduler);
        _hosts = [CreateHost(store), CreateHost(store)];
    }

    /// <summary>Runs it to its end; what is wrong then, and nothing when all is well.</summary>
    public async Task<List<string>> RunAsync()
    {
        var grant = await _hosts[0].GrantAsync();
        if (_scheduler.Next(8) > 0)
            _bucket.Put(grant.Record.StagingKey, UploadHost.Text);
        await Task.WhenAll(CreateActors(grant).Where(_ => _scheduler.Next(3) > 0).Select(actor => Task.Run(() => RepeatAsync(actor))));

        await RunWorkersForAsync(TimeSpan.FromHours(5)); // long after the last grant and the slowest PUT
        if (await _hosts[0].GetStatusAsync(grant) == UploadStatus.Failed)
            await RunWorkersForAsync(TimeSpan.FromDays(8)); // until then it could have been retried, and kept its objects
        return await FindErrorsAsync(grant);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
            await host.DisposeAsync();
    }

    private UploadHost CreateHost(IUploadRecordStore store) => new(
        _bucket,
        notes =>
        {
            notes.AutoConfirmOnExpiry = _scheduler.Next(2) > 0;
            if (_hasProcessor)
                notes.AddProcessor<DelegateProcessor>();
        },
        options =>
        {
            options.ConcurrentConfirmTimeout = TimeSpan.Zero;
            options.MaxAttempts = 3;
        },
        _clock,
        store,
        services => services.AddSingleton<Func<UploadProcessingContext, CancellationToken, Task<ProcessingResult>>>(ProcessAsync));

    private async Task<ProcessingResult> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken)
    {
        await context.PutVariantAsync("copy.txt", "text/plain", await context.OpenReadAsync(cancellationToken), cancellationToken);
        await _scheduler.DelayAsync();
        return _scheduler.Next(6) switch
        {
            0 => ProcessingResult.Reject("unlucky", "It was not its day."),
            1 or 2 => throw new InvalidOperationException("Not now."),
            _ => ProcessingResult.Accept,
        };
    }

    private IEnumerable<Func<Task>> CreateActors(UploadGrant grant)
    {
        var id = grant.Record.Id;
        foreach (var host in _hosts)
        {
            yield return () => RecordAsync("confirm", host.Service.ConfirmAsync(id, grant.WriteToken));
            yield return () => RecordAsync("event", host.Service.ConfirmAsync(id, UploadAccess.Application));
            yield return () => host.Worker.RunOnceAsync();
            yield return () => host.Worker.RunOnceAsync();
        }

        if (_scheduler.Next(2) > 0)
            yield return () => RecordAsync("end", _hosts[0].Service.DeleteAsync(id, grant.WriteToken));
        if (_scheduler.Next(3) == 0)
            yield return () => RecordAsync("end", _hosts[1].Service.DeleteAsync(id, UploadAccess.Application));
        yield return () => RecordAsync("retry", _hosts[1].Service.RetryAsync(id));
        yield return () =>
        {
            // As long as its grant lasts, the client may send again; time must not pass between the two.
            lock (_timeLock)
            {
                if (_clock.GetUtcNow() < grant.Record.GrantExpiresAt)
                    _bucket.Put(grant.Record.StagingKey, ReplacedText);
            }

            return Task.CompletedTask;
        };
        yield return () =>
        {
            lock (_timeLock)
            {
                _clock.Advance(_scheduler.Choose(
                    TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(61), TimeSpan.FromMinutes(16),
                    TimeSpan.FromMinutes(61)));
            }

            return Task.CompletedTask;
        };
    }

    private async Task RepeatAsync(Func<Task> actor)
    {
        for (var times = 1 + _scheduler.Next(3); times > 0; times--)
        {
            for (var steps = _scheduler.Next(12); steps > 0; steps--)
                await _scheduler.DelayAsync();
            await actor();
        }
    }

    private async Task RecordAsync(string who, Task<UploadResult<Upload>> asked)
    {
        var answer = await asked;
        if (answer.Succeeded)
            _answers.Enqueue((who, answer.Value.Status));
    }

    private async Task RunWorkersForAsync(TimeSpan time)
    {
        for (var end = _clock.GetUtcNow() + time; _clock.GetUtcNow() < end; _clock.Advance(time / 50))
        {
            foreach (var host in _hosts)
                await host.Worker.RunOnceAsync();
        }
    }

    private async Task<List<string>> FindErrorsAsync(UploadGrant grant)
    {
        var record = await _hosts[0].GetRecordAsync(grant);
        var faults = new List<string>();
        var path = record.Transitions.Select(taken => taken.Status).ToList();
        Expect(record.IsTerminal, $"it is stuck as {record.Status}");
        Expect(path.Count(status => status == UploadStatus.Ready) <= 1, "it was ready twice");
        Expect(path.Zip(path.Skip(1)).All(step => UploadTransitions.Allows(step.First, step.Second)), "a step was taken that is none");
        Expect(path[^1] == record.Status, "its history ends otherwise than it does");
        // While a copy is verified, the status is told as processing and stored as requested.
        foreach (var (who, status) in _answers)
            Expect(
                path.Contains(status) || (status == UploadStatus.Processing && _bucket.VerifiesCopies)
                    || path.Count >= MaxTransitions,
                $"{who} was told {status}, which it never was");
        if (_answers.Any(it => it.Who == "end" && it.Status is UploadStatus.Aborted or UploadStatus.Deleted))
            Expect(record.Status is UploadStatus.Aborted or UploadStatus.Deleted, $"it was ended, and is {record.Status}");
        else if (path.Contains(UploadStatus.Ready))
            Expect(record.Status is UploadStatus.Ready or UploadStatus.Deleted, $"it was ready, and is {record.Status}");

        var kept = record.Status == UploadStatus.Ready ? record.Variants.Select(it => it.Key).Append(record.FinalKey).ToList() : [];
        Expect(
            _bucket.Keys.Order().SequenceEqual(kept.Order()),
            $"the bucket holds {string.Join(", ", _bucket.Keys)} and not {string.Join(", ", kept)}");
        if (record.Status == UploadStatus.Ready && faults.Count == 0)
        {
            var content = _bucket[record.FinalKey]!;
            Expect(content.ETag == record.ETag, "what is served is not what was verified");
            Expect(record.Variants.Count == (_hasProcessor ? 1 : 0), "its derivatives are not those of one run");
            Expect(record.Variants.All(it => _bucket[it.Key]!.ETag == content.ETag), "a derivative was made from something else");
        }

        return faults.Count == 0 ? [] : [.. faults, $"path {string.Join(" > ", path)}; answers {string.Join(", ", _answers)}"];

        void Expect(bool holds, string otherwise)
        {
            if (!holds)
                faults.Add(otherwise);
        }
    }
}
