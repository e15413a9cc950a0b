using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using DirectUpload.Benchmarks.Grants;
using DirectUpload.Benchmarks.Growth;
using DirectUpload.Benchmarks.Processes;
using DirectUpload.Stores;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Benchmarks.ScaleOut;

/// <summary>An application on some hosts, with a database and a queue of its own, and a client that sends files to it.</summary>
internal sealed class ScaleApplication : IAsyncDisposable
{
    private const int ParallelUploads = 16;

    private static readonly byte[] Content = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("A note of some length.\n", 40)));

    private readonly string _database;
    private readonly EventQueue _queue;
    private readonly ServiceProvider _services;
    private readonly int _postmaster;
    private readonly HttpClient _http = new();
    private readonly List<ChildProcess> _hosts = [];

    private ScaleApplication(string database, EventQueue queue, int postmaster)
    {
        (_database, _queue, _postmaster) = (database, queue, postmaster);
        _services = StoreChoice.Use(new ServiceCollection().AddDirectUploads(), StoreChoice.Postgres(database)).Services
            .BuildServiceProvider();
    }

    private IUploadRecordStore Store => _services.GetRequiredService<IUploadRecordStore>();

    /// <param name="storage">The address of storage.</param>
    /// <param name="hosts">The number of hosts.</param>
    /// <param name="existing">The number of records of the past.</param>
    public static async Task<ScaleApplication> StartAsync(Uri storage, int hosts, int existing)
    {
        var database = await StoreChoice.CreatePostgresDatabaseAsync();
        var application = new ScaleApplication(
            database, await EventQueue.CreateAsync(), await PostgresServer.FindPostmasterAsync(database));
        // The first call creates the table.
        await application.Store.FindAsync(UploadId.Create(DateTimeOffset.UtcNow));
        if (existing > 0)
            await PostgresSubject.FillAsync(database, new Population(existing).Records.Select(WithoutWork));
        for (var host = 0; host < hosts; host++)
        {
            application._hosts.Add(await ChildProcess.StartAsync(
                ScaleHost.Role, storage.AbsoluteUri, StoreChoice.Postgres(database), EventQueue.Server.AbsoluteUri,
                application._queue.Url));
        }

        return application;
    }

    /// <summary>Takes uploads through their whole life, as many at a time as all shapes get: request, PUT, event, confirm, ready.</summary>
    public Task<ScaleResult> RunAsync(int count) => RunAsync(
        count,
        uploadAsync => Parallel.ForEachAsync(
            Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = ParallelUploads },
            async (number, _) => await uploadAsync(number)));

    /// <summary>Takes uploads through their whole life that begin at a steady rate.</summary>
    public Task<ScaleResult> RunAtRateAsync(int count, int perSecond) => RunAsync(count, async uploadAsync =>
    {
        var (started, uploads) = (Stopwatch.GetTimestamp(), new Task[count]);
        for (var number = 0; number < count; number++)
        {
            var wait = TimeSpan.FromSeconds((double)number / perSecond) - Stopwatch.GetElapsedTime(started);
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait);
            uploads[number] = uploadAsync(number);
        }

        await Task.WhenAll(uploads);
    });

    /// <summary>Stops the hosts, so that they take nothing from those of another application.</summary>
    public void Pause() => _hosts.ForEach(static host => host.Pause());

    private async Task<ScaleResult> RunAsync(int count, Func<Func<int, Task>, Task> sendAsync)
    {
        _hosts.ForEach(static host => host.Resume());
        var (hostsBefore, databaseBefore) = (HostsProcessorTime, PostgresServer.GetProcessorTime(_postmaster));
        var started = Stopwatch.GetTimestamp();
        var ids = new UploadId[count];
        await sendAsync(async number => ids[number] = await UploadAsync(_hosts[number % _hosts.Count].Address));
        await _queue.WaitUntilEmptyAsync();
        var time = Stopwatch.GetElapsedTime(started);
        var (hosts, database) = (HostsProcessorTime - hostsBefore, PostgresServer.GetProcessorTime(_postmaster) - databaseBefore);
        await ThrowIfNotReadyAsync(ids);
        return new(count / time.TotalSeconds, hosts.TotalMilliseconds / count, database.TotalMilliseconds / count);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
            await host.DisposeAsync();
        _http.Dispose();
        _queue.Dispose();
        await _services.DisposeAsync();
        await StoreChoice.DropPostgresDatabaseAsync(_database);
    }

    private TimeSpan HostsProcessorTime => _hosts.Aggregate(TimeSpan.Zero, static (sum, host) => sum + host.ProcessorTime);

    private async Task<UploadId> UploadAsync(Uri host)
    {
        using var requested = await _http.PostAsJsonAsync(
            new Uri(host, "/uploads"),
            new { profile = ScaleHost.Profile, fileName = "note.txt", contentType = ScaleHost.ContentType, size = Content.Length });
        var grant = await requested.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
        var url = new Uri(grant.GetProperty("upload").GetProperty("url").GetString()!);
        using var body = new ByteArrayContent(Content);
        body.Headers.ContentType = new(ScaleHost.ContentType);
        using var put = await _http.PutAsync(url, body);
        put.EnsureSuccessStatusCode();
        await _queue.SendCreatedAsync(url.AbsolutePath[$"/{StorageProcess.Bucket}/".Length..]);
        return UploadId.Parse(grant.GetProperty("id").GetString()!);
    }

    private Task ThrowIfNotReadyAsync(UploadId[] ids) => Parallel.ForEachAsync(ids, async (id, cancellationToken) =>
    {
        var record = await Store.FindAsync(id, cancellationToken);
        if (record?.Status != UploadStatus.Ready)
            throw new InvalidOperationException($"Upload {id} is {record?.Status}.");
    });

    // The workers have nothing to do with them, now or while we measure.
    private static UploadRecord WithoutWork(UploadRecord record) => record with
    {
        NextActionAt = record.NextActionAt?.AddYears(10),
        PurgeAt = record.PurgeAt?.AddYears(10),
    };
}

/// <summary>What a round cost.</summary>
internal sealed record ScaleResult(double PerSecond, double HostMilliseconds, double DatabaseMilliseconds)
{
    public double Milliseconds => HostMilliseconds + DatabaseMilliseconds;
}
